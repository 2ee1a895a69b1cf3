// A WebSocket server of the npm package ws. It sends each message back, and does what a text names.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  perMessageDeflate: { threshold: 0 },
  handleProtocols: (offered) => (offered.has('echo') ? 'echo' : false),
});
server.on('listening', () => console.log(server.address().port));
server.on('connection', (socket) => {
  socket.on('error', () => socket.terminate());
  socket.on('message', (data, isBinary) => {
    if (isBinary) {
      socket.send(data, { binary: true });
      return;
    }
    const text = data.toString();
    if (text === 'ping me') {
      socket.ping('from the server');
    } else if (text === 'close me') {
      socket.close(4002, 'as asked');
    } else if (text === 'send fragments') {
      socket.send('one ', { fin: false });
      socket.send('two ', { fin: false });
      socket.send('three', { fin: true });
    } else {
      socket.send(text);
    }
  });
});
