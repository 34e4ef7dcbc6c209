/** Saving against a revision: who saves over another's work is asked first. Pure but for `send`. */

export class Saving {
  isUnderWay = false;
  /** `{layout, revision, …}` of somebody who saved meanwhile; null: nobody did. */
  conflict = null;
  #revision;
  #send;

  /** `send({layout, revision})` gives the server's answer. */
  constructor({ revision, send }) {
    this.#revision = revision;
    this.#send = send;
  }

  /** The server's answer; null while another is awaited. `isOver`: over what the other one saved. */
  async save(layout, { isOver = false } = {}) {
    if (this.isUnderWay) return null;
    const revision = isOver ? this.conflict.revision : this.#revision;
    this.isUnderWay = true;
    this.conflict = null;
    const answer = await this.#send({ layout, revision }).finally(() => {
      this.isUnderWay = false;
    });
    if (answer.ok) this.#revision = answer.revision;
    else if (answer.other) this.conflict = answer.other;
    return answer;
  }

  /** The other one's layout, from which one goes on. */
  takeTheirs() {
    const { layout, revision } = this.conflict;
    this.conflict = null;
    this.#revision = revision;
    return layout;
  }
}
