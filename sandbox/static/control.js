// The sandbox's control, as the page calls it.

export class Refused extends Error {}

export async function ask(path, method = "GET", body = undefined) {
  const answer = await fetch(`/control/${path}`, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: "no-store",
  });
  const text = await answer.text();
  const found = text ? JSON.parse(text) : {};
  if (!answer.ok) throw new Refused(found.detail ?? found.title ?? String(answer.status));
  return found;
}

export const tell = (path, body) => ask(path, "POST", body);
