/** The frame with the board: as large as the TV it is for, and drawn as large as there is room. */

export const SIZES = [[1920, 1080], [1280, 720], [3840, 2160], [1080, 1920]];
const MARGINS = 32;

export class Preview {
  #frame; #stage;
  #size = SIZES[0];

  constructor({ frame, stage }) {
    this.#frame = frame;
    this.#stage = stage;
    new ResizeObserver(() => this.#scale()).observe(stage);
  }

  /** Whether the TV is turned. */
  get isTall() {
    const [width, height] = this.#size;
    return height > width;
  }

  /** Another of the sizes. */
  choose(index) {
    this.#size = SIZES[index];
    this.#scale();
  }

  #scale() {
    const [width, height] = this.#size;
    const scale = Math.min((this.#stage.clientWidth - MARGINS) / width, (this.#stage.clientHeight - MARGINS) / height);
    Object.assign(this.#frame.style, { width: `${width}px`, height: `${height}px`, transform: `translate(-50%, -50%) scale(${scale})` });
  }
}
