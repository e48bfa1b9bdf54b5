#!/usr/bin/env bash
# Judges, and writes annotations, job summary, reports and outputs. Never fails: verdict.sh does, once everything is written.
set -uo pipefail

reports=${MODELGATE_REPORTS:-}
if [[ $reports == *$'\n'* ]]; then
  echo "modelgate: the folder for the reports is more than one line" >&2
  reports=
fi

# A second use of the action in a job must not write over the first one's reports, to which its outputs lead.
[[ -n $reports ]] || reports=$(mktemp -d "${RUNNER_TEMP:?}/modelgate-reports-XXXXXX")

json=$reports/modelgate.json
sarif=$reports/modelgate.sarif
junit=$reports/modelgate.junit.xml
markdown=$reports/modelgate.md
mkdir -p "$reports"
rm -f "$json" "$sarif" "$junit" "$markdown"

arguments=(check)
[[ -z ${MODELGATE_PATH:-} ]] || arguments+=("$MODELGATE_PATH")
[[ -z ${MODELGATE_CONFIG:-} ]] || arguments+=(--config "$MODELGATE_CONFIG")
[[ -z ${MODELGATE_NAME:-} ]] || arguments+=(--name "$MODELGATE_NAME")
arguments+=(--fail-on "${MODELGATE_FAIL_ON:-error}" --format github)
arguments+=(--report "json=$json" --report "sarif=$sarif" --report "junit=$junit" --report "markdown=$markdown")

errors=$(mktemp)
"${MODELGATE_COMMAND:?}" "${arguments[@]}" 2> "$errors"
code=$?

# What the tool says beside its report is text: nothing in it is a command to the runner.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$token"
cat "$errors"
echo "::$token::"

case $code in
  0) verdict=passed ;;
  1) verdict=failed ;;
  *) verdict=inconclusive ;;
esac

# A passed run that left no report did not run.
if [[ $code -eq 0 && ! -s $json ]]; then
  echo "::error title=ModelGate::the tool ended well and wrote no report"
  verdict=inconclusive
  code=2
fi

if [[ -s $markdown ]]; then
  cat "$markdown" >> "$GITHUB_STEP_SUMMARY"
else
  echo "::error title=ModelGate::nothing was judged: the log of this step says why"
  printf '## ModelGate: inconclusive\n\nNothing was judged. The log of the step says why.\n' >> "$GITHUB_STEP_SUMMARY"
fi

{
  echo "verdict=$verdict"
  echo "exit-code=$code"
  for name in json sarif junit markdown; do
    [[ ! -s ${!name} ]] || echo "$name=${!name}"
  done
} >> "$GITHUB_OUTPUT"
rm -f "$errors"
exit 0
