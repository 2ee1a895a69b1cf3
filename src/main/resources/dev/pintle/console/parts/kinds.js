/** The kinds of documents that operators edit. */
const entity = (kind, plural, schema) => ({
  schema, page: "consumers", label: kind, hasId: true,
  path: (id) => `/api/v1/${plural}/${encodeURIComponent(id)}`,
  edit: (document) => ({ put: document, kind }),
  start: {},
});

export const kinds = {
  "route": {
    schema: "Route", page: "route", label: "route", hasId: true, validate: "/api/v1/routes/validate",
    path: (id) => `/api/v1/routes/${encodeURIComponent(id)}`,
    edit: (document) => ({ put: document }),
    start: { match: { path: "/" }, upstream: { targets: [{ url: "" }] } },
  },
  "consumer": { ...entity("consumer", "consumers", "Consumer"), page: "consumer" },
  "identity-provider": entity("identity-provider", "identity-providers", "IdentityProvider"),
  "defaults": {
    schema: "Defaults", page: "routes", label: "defaults", hasId: false,
    path: () => "/api/v1/defaults", edit: (document) => ({ defaults: document }), start: {},
  },
};
