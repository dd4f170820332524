/**
 * The code points that a TrueType font has glyphs for, read from its `cmap` table. Only the two encodings
 * that every Unicode font carries are read: format 4 (16-bit) and format 12 (32-bit).
 */
export function coveredCharacters(font: Buffer): Set<number> {
  const covered = new Set<number>();
  const cmap = tableOffset(font, "cmap");
  const count = font.readUInt16BE(cmap + 2);
  for (let index = 0; index < count; index++) {
    const subtable = cmap + font.readUInt32BE(cmap + 4 + 8 * index + 4);
    const format = font.readUInt16BE(subtable);
    for (const [first, last] of format === 4 ? segments(font, subtable) : format === 12 ? groups(font, subtable) : []) {
      for (let character = first; character <= last; character++) covered.add(character);
    }
  }
  return covered;
}

function tableOffset(font: Buffer, tag: string): number {
  const count = font.readUInt16BE(4);
  for (let index = 0; index < count; index++) {
    const entry = 12 + 16 * index;
    if (font.toString("latin1", entry, entry + 4) === tag) return font.readUInt32BE(entry + 8);
  }
  throw new Error(`coveredCharacters: a font must have the table ${tag}, but got none; is the file TrueType?`);
}

/** Format 4: an array of last code points, then an array of first ones. The last segment is only an end mark. */
function* segments(font: Buffer, subtable: number): Generator<[number, number]> {
  const doubled = font.readUInt16BE(subtable + 6);
  for (let at = 0; at < doubled - 2; at += 2) {
    const last = subtable + 14 + at;
    yield [font.readUInt16BE(last + doubled + 2), font.readUInt16BE(last)];
  }
}

function* groups(font: Buffer, subtable: number): Generator<[number, number]> {
  const count = font.readUInt32BE(subtable + 12);
  for (let index = 0; index < count; index++) {
    const group = subtable + 16 + 12 * index;
    yield [font.readUInt32BE(group), font.readUInt32BE(group + 4)];
  }
}
