// What a bubble says: bold, italic, links and commands, as nodes. Never as markup.

import { make } from "./nodes.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote",
};
const HTML_TAGS = {
  b: "bold", strong: "bold", i: "italic", em: "italic", u: "underline", s: "strikethrough",
  code: "code", pre: "pre", a: "text_link",
};
const TAG = /<(\/?)(b|strong|i|em|u|s|code|pre|a)(?:\s+href="([^"]*)")?>/gi;
const FOUND = /(https?:\/\/[^\s<>"，。；）]*[^\s<>"，。；）.,;:!?)])|(?<![^\s])(\/[a-z]\w{0,31})/gi;
const SIGNS = { lt: "<", gt: ">", quot: '"', amp: "&", "#39": "'", "#x27": "'" };

const plain = (text) => text.replace(/&(lt|gt|quot|amp|#39|#x27);/g, (_, sign) => SIGNS[sign]);

export function outward(url, ...children) {
  if (!/^(https?|tel):/i.test(url)) return make("span", {}, ...children);
  return make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** Text whose links, and commands if they can be said, are there to be pressed. */
export function linked(text, onCommand) {
  const nodes = [];
  let at = 0;
  for (const hit of text.matchAll(FOUND)) {
    if (hit[2] && !onCommand) continue;
    nodes.push(text.slice(at, hit.index), hit[1] ? outward(hit[1], hit[1]) : said(hit[2], onCommand));
    at = hit.index + hit[0].length;
  }
  return [...nodes, text.slice(at)].filter((node) => node !== "");
}

const said = (command, onCommand) =>
  make("button", { type: "button", class: "command", onclick: () => onCommand(command) }, command);

/** The words of a bot's message: by its entities, or by its simple tags where it has none. */
export function rich(message, onCommand) {
  const { text, entities } = Array.isArray(message.entities)
    ? message : readTags(message.html ?? message.text);
  const styled = entities.filter((entity) => TAGS[entity.type] || entity.type === "text_link");
  styled.sort((a, b) => a.offset - b.offset || b.length - a.length);
  return between(text, 0, text.length, styled, onCommand);
}

/** Entities count in UTF-16 units, as strings here do; one may lie inside another. */
function between(text, start, end, entities, onCommand) {
  const nodes = [];
  let at = start;
  entities.forEach((entity, i) => {
    const stop = entity.offset + entity.length;
    if (entity.offset < at || stop > end) return;
    const inner = entities.slice(i + 1).filter((other) => other.offset + other.length <= stop);
    const words = between(text, entity.offset, stop, inner, onCommand);
    nodes.push(...linked(text.slice(at, entity.offset), onCommand), drawn(entity, words));
    at = stop;
  });
  return [...nodes, ...linked(text.slice(at, end), onCommand)];
}

const drawn = (entity, words) =>
  entity.type === "text_link" ? outward(entity.url, ...words) : make(TAGS[entity.type], {}, ...words);

/** Simple tags as a bot writes them. Any other tag stays text. */
export function readTags(text) {
  const entities = [];
  const open = [];
  let words = "";
  let at = 0;
  for (const tag of text.matchAll(TAG)) {
    words += plain(text.slice(at, tag.index));
    at = tag.index + tag[0].length;
    const type = HTML_TAGS[tag[2].toLowerCase()];
    if (!tag[1]) open.push({ type, offset: words.length, url: plain(tag[3] ?? "") });
    else if (open.at(-1)?.type === type) {
      const last = open.pop();
      entities.push({ ...last, length: words.length - last.offset });
    }
  }
  return { text: words + plain(text.slice(at)), entities };
}
