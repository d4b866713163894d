import { EventForm } from './event-form';

/** A program that makes events of more forms does without for the rest: each costs code, and a look. */
const MAX_FORMS = 8;

/** The forms that events of one kind have had. */
export class EventForms {
  readonly #names: ReadonlySet<string>;
  readonly #known: EventForm[] = [];
  /** Of the event before. */
  #last: EventForm | undefined;

  /** @param names - of all fields that an event of this kind may have */
  constructor(names: Iterable<string>) {
    this.#names = new Set(names);
  }

  /**
   * The form of an event whose values are right. Undefined says nothing of its keys, see {@link unknownOf}: it is no plain
   * object, or its form is one too many, or has keys that it may not have.
   */
  of(fields: object): EventForm | undefined {
    if (Object.getPrototypeOf(fields) !== Object.prototype) return undefined;
    if (this.#last?.fits(fields) === true) return this.#last;
    for (const form of this.#known) if (form.fits(fields)) return (this.#last = form);
    return this.#learn(Object.keys(fields));
  }

  /** The fields that an event may not have, those of its prototypes as well. */
  unknownOf(fields: object): string[] {
    const unknown: string[] = [];
    for (const key in fields) if (!this.#names.has(key)) unknown.push(key);
    return unknown;
  }

  #learn(keys: readonly string[]): EventForm | undefined {
    if (this.#known.length === MAX_FORMS || !keys.every((key) => this.#names.has(key))) return undefined;
    this.#last = new EventForm(keys);
    this.#known.push(this.#last);
    return this.#last;
  }
}
