// A certified OpenID provider (oidc-provider) on the loopback, for the stories of signing in by another provider.
// It prints its address when it listens. Whoever comes is citizen `u1`, in the session of the cookie they bring.
import http from "node:http";
import Provider from "oidc-provider";

const [redirect, backchannel, left] = process.argv.slice(2);
const people = { u1: { name: "王小明", phone_number: "+86 13900001111", acr_level: "L3" } };

const server = http.createServer((request, response) => handle(request, response));
let handle;
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: "zhongshu", client_secret: "a secret: of ours/", redirect_uris: [redirect],
      post_logout_redirect_uris: [left], backchannel_logout_uri: backchannel, backchannel_logout_session_required: true,
      id_token_signed_response_alg: "RS256",
    }],
    claims: { openid: ["sub"], profile: ["name", "level"], phone: ["phone_number"] },
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }),
    findAccount: (_, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, name: people[id].name, phone_number: people[id].phone_number, level: "L3" }),
    }),
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope("openid profile phone");
      await grant.save();
      return grant;
    },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    cookies: { keys: ["for these stories alone"] },
  });
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith("/interaction/")) return next();
    await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: "u1" } });
    ctx.respond = false;
  });
  handle = provider.callback();
  console.log(issuer);
});
