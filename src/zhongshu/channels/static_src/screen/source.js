// Asks an address again and again, never too often, and goes on by itself when it did not answer.

const PATIENCE = 20_000;

/**
 * Tells the page what `address` says as `zhongshu:NAME`. It asks at the latest every `rarest` ms after it last asked
 * (`asked`: since the page came with the first answer); the returned function asks sooner, `oftenest` ms after that.
 */
export function follow(name, address, { oftenest, rarest, asked = Date.now() }) {
  let waiting = null;

  async function ask() {
    asked = Date.now();
    waiting = null;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
      if (answer.status === 401) location.reload(); // signed out: the page says so
      if (answer.ok) document.dispatchEvent(new CustomEvent(`zhongshu:${name}`, { detail: await answer.json() }));
    } catch {
      // What is shown grows old and says so; the next turn asks again.
    }
  }

  const soon = () => (waiting ??= setTimeout(ask, Math.max(0, asked + oftenest - Date.now())));
  setInterval(() => Date.now() - asked >= rarest && soon(), Math.min(rarest, 5_000));
  return soon;
}
