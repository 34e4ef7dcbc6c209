/** How bright each pixel of a picture (PNG, base64) of 48 by 48 is, 0 to 255. */
async (picture) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 48, height: 48 });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, 48, 48);
  const bright = (at) => 0.2126 * data[at] + 0.7152 * data[at + 1] + 0.0722 * data[at + 2];
  return Array.from({ length: 48 * 48 }, (_, pixel) => Math.round(bright(4 * pixel)));
}
