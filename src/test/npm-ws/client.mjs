// Talks to server.mjs with the client of the npm package ws, and prints one line for each case: node client.mjs URL
import { once } from 'node:events';
import WebSocket from 'ws';

const url = process.argv[2];

async function open(options) {
  const socket = new WebSocket(url, ['other', 'echo'], options);
  await once(socket, 'open');
  return socket;
}

async function message(socket) {
  const [data, isBinary] = await once(socket, 'message');
  return isBinary ? data.toString('hex') : data.toString();
}

function brief(text) {
  return text.length > 40 ? `${text.slice(0, 20)}… ${text.length}` : text;
}

const cases = {
  async 'a text'(socket) {
    socket.send('hello ü');
    return message(socket);
  },
  async 'bytes'(socket) {
    socket.send(Buffer.from([0, 1, 254, 255]));
    return message(socket);
  },
  async 'a text of 1 MiB'(socket) {
    socket.send('large '.repeat(174763));
    return brief(await message(socket));
  },
  async 'bytes of 1 MiB'(socket) {
    socket.send(Buffer.alloc(1 << 20, 7));
    return brief(await message(socket));
  },
  async 'fragments of the client'(socket) {
    socket.send('one ', { fin: false });
    socket.send('two ', { fin: false });
    socket.send('three', { fin: true });
    return message(socket);
  },
  async 'fragments of the server'(socket) {
    socket.send('send fragments');
    return message(socket);
  },
  async 'a ping of the client'(socket) {
    socket.ping('from the client');
    return String((await once(socket, 'pong'))[0]);
  },
  async 'a ping of the server'(socket) {
    socket.send('ping me');
    return String((await once(socket, 'ping'))[0]);
  },
  async 'a close of the client'(socket) {
    socket.close(4001, 'done');
    const [code, reason] = await once(socket, 'close');
    return `${code} ${reason}`;
  },
  async 'a close of the server'(socket) {
    socket.send('close me');
    const [code, reason] = await once(socket, 'close');
    return `${code} ${reason}`;
  },
};

const deadline = setTimeout(() => {
  console.error(`no answer from ${url} within 60 s`);
  process.exit(1);
}, 60_000);
for (const [compression, options] of [
  ['without compression', { perMessageDeflate: false }],
  ['with compression', { perMessageDeflate: { threshold: 0 } }],
  ['with compression, each message apart', { perMessageDeflate: { threshold: 0, clientNoContextTakeover: true, serverNoContextTakeover: true } }],
]) {
  for (const [name, run] of Object.entries(cases)) {
    const socket = await open(options);
    const result = await run(socket);
    console.log(`${name}, ${compression}: ${result} (${socket.protocol}, ${socket.extensions || 'no extension'})`);
    socket.terminate();
  }
}
clearTimeout(deadline);
