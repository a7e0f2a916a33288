/**
 * The workflow for GitHub Actions that `ldfi init` writes: byte for byte the one in `docs/ci.md`, which explains it.
 */
export const WORKFLOW = `name: ldfi
on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read
  security-events: write # for upload-sarif

jobs:
  ldfi:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci

      # Fails the job unless every check gives its expected verdict.
      - name: ldfi
        run: >
          npx ldfi test --timeout 900
          --json reports/ldfi.json
          --reporter github
          --reporter sarif=reports/ldfi.sarif
          --reporter junit=reports/ldfi.xml

      - name: HTML report
        if: \${{ !cancelled() && hashFiles('reports/ldfi.json') != '' }}
        run: npx ldfi report reports/ldfi.json --out reports/ldfi.html

      # Pull requests from forks may not write alerts.
      - name: Code scanning
        if: >
          \${{ !cancelled() && hashFiles('reports/ldfi.sarif') != ''
          && (github.event_name != 'pull_request' || github.event.pull_request.head.repo.full_name == github.repository) }}
        uses: github/codeql-action/upload-sarif@v3
        with:
          sarif_file: reports/ldfi.sarif
          category: ldfi

      - name: Reports
        if: \${{ !cancelled() }}
        uses: actions/upload-artifact@v4
        with:
          name: ldfi-reports
          path: reports/
          if-no-files-found: ignore
`;
