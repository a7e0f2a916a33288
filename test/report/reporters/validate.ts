/**
 * What the schemas of the formats have against some documents.
 */
import { readFileSync } from 'node:fs';
import draft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { validateXML } from 'xmllint-wasm';

const read = (name: string): string => readFileSync(new URL(`../schemas/${name}`, import.meta.url), 'utf8');

const ajv = new draft04.default({ strict: false, allErrors: true });
formats.default(ajv as never);
const isSarif = ajv.compile(JSON.parse(read('sarif-schema-2.1.0.json')));

export const sarifProblems = (text: string): unknown[] => (isSarif(JSON.parse(text)) ? [] : (isSarif.errors ?? []));

export async function junitProblems(documents: readonly string[]): Promise<string[]> {
  const xml = documents.map((contents, i) => ({ fileName: `${i}.xml`, contents }));
  const { errors } = await validateXML({ xml, schema: { fileName: 'junit.xsd', contents: read('jenkins-junit.xsd') } });
  return errors.map(({ message }) => message);
}
