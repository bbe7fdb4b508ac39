// A picture of skin with a rash, near enough, for browsers without a camera.

const WIDTH = 480;
const HEIGHT = 360;
const SPOTS = 46;

/** JPEG as base64, a little different each time. */
export function samplePhoto() {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: WIDTH, height: HEIGHT });
  const pen = canvas.getContext("2d");
  const skin = pen.createLinearGradient(0, 0, WIDTH, HEIGHT);
  skin.addColorStop(0, "#f0cdb4");
  skin.addColorStop(1, "#d9a98c");
  pen.fillStyle = skin;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  for (let i = 0; i < SPOTS; i += 1) spot(pen);
  return canvas.toDataURL("image/jpeg", 0.85).split(",")[1];
}

function spot(pen) {
  const [x, y] = [WIDTH * (0.2 + 0.6 * Math.random()), HEIGHT * (0.15 + 0.7 * Math.random())];
  const radius = 5 + 16 * Math.random();
  const red = pen.createRadialGradient(x, y, 0, x, y, radius);
  red.addColorStop(0, "#c4493fbb");
  red.addColorStop(1, "#c4493f00");
  pen.fillStyle = red;
  pen.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
}
