#!/usr/bin/env bash
# Judges, and writes annotations, job summary, reports and outputs: also where an earlier step failed and nothing can be judged.
# Never fails: verdict.sh does, once everything is written.
set -uo pipefail

# From bash 5.2 on, & in a replacement would be what was matched.
shopt -u patsub_replacement 2> /dev/null || true

# A workflow command is a line: what would end it, or its property, is escaped.
data() {
  local text=${1//'%'/%25}
  text=${text//$'\r'/%0D}
  printf '%s' "${text//$'\n'/%0A}"
}
property() {
  local text
  text=$(data "$1")
  text=${text//:/%3A}
  printf '%s' "${text//,/%2C}"
}

# Text in the summary: of it nothing is markup, and no line begins a block.
plain() {
  local text=${1//&/&amp;}
  text=${text//</&lt;}
  text=${text//>/&gt;}
  text=${text//@/&#64;}
  printf '<pre>%s</pre>\n' "${text//$'\n'/&#10;}"
}

# Where a file is known that a person can change, the annotation stands there; else at the step of the workflow that uses the action.
annotate() {
  local file=${2:-} line=1
  if [[ -z $file && ${GITHUB_WORKFLOW_REF:-} =~ (\.github/workflows/[^@]+)@ && -f ${GITHUB_WORKSPACE:-.}/${BASH_REMATCH[1]} ]]; then
    file=${BASH_REMATCH[1]}
    line=$(grep -n -m 1 'uses:.*actions/modelgate\b' "${GITHUB_WORKSPACE:-.}/$file" | cut -d : -f 1)
  fi

  echo "::error ${file:+file=$(property "$file"),line=${line:-1},}title=ModelGate::$(data "$1")"
}

# Sets down the outputs that every path has.
finish() {
  {
    echo "verdict=$1"
    echo "exit-code=$2"
  } >> "$GITHUB_OUTPUT"
  exit 0
}

if [[ ${MODELGATE_NOTHING:-} == true ]]; then
  echo "::notice title=ModelGate::nothing to judge: no file that the action looks at was changed"
  printf '## ModelGate: nothing to judge\n\nNo file that the action looks at was changed.\n' >> "$GITHUB_STEP_SUMMARY"
  finish nothing-to-judge 0
fi

problem=${MODELGATE_PROBLEM:-}
[[ -n $problem || ${MODELGATE_STEPS:-} != *failure* ]] || problem="a step before failed: its log says why"
[[ -n $problem || -n ${MODELGATE_COMMAND:-} ]] || problem="the tool is not there: the log of the step before says why"
if [[ -n $problem ]]; then
  annotate "nothing was judged: $problem" "${MODELGATE_PROBLEM_FILE:-}"
  { printf '## ModelGate: inconclusive\n\nNothing was judged:\n\n'; plain "$problem"; } >> "$GITHUB_STEP_SUMMARY"
  finish inconclusive 2
fi

read -r -d '' -a allowed <<< "${MODELGATE_ALLOW:-}" || true
for word in ${allowed[@]+"${allowed[@]}"}; do
  if [[ ! $word =~ ^(commands|assemblies|torchscript)$ ]]; then
    annotate "nothing was judged: allow contains the unknown word $word; it may list commands, assemblies and torchscript"
    { printf '## ModelGate: inconclusive\n\nNothing was judged:\n\n'; plain "allow contains the unknown word $word; it may list commands, assemblies and torchscript"; } >> "$GITHUB_STEP_SUMMARY"
    finish inconclusive 2
  fi
done

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
[[ -z ${MODELGATE_BASELINE:-} ]] || arguments+=(--baseline "$MODELGATE_BASELINE")
[[ -z ${MODELGATE_NAME:-} ]] || arguments+=(--name "$MODELGATE_NAME")
for word in ${allowed[@]+"${allowed[@]}"}; do
  arguments+=("--allow-$word")
done
arguments+=(--fail-on "${MODELGATE_FAIL_ON:-error}" --format github)
arguments+=(--report "json=$json" --report "sarif=$sarif" --report "junit=$junit" --report "markdown=$markdown")

errors=$(mktemp)
output=$(mktemp)
"${MODELGATE_COMMAND:?}" "${arguments[@]}" > "$output" 2> "$errors"
code=$?
cat "$output"

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

# A run that left no report did not run, whatever its exit code says.
if [[ ! -s $json && $code -ne 2 ]]; then
  annotate "nothing was judged: the tool ended with exit code $code and wrote no report"
  verdict=inconclusive
  code=2
elif [[ ! -s $json ]]; then
  # What is wrong with a configuration has its annotations already, each at its line.
  grep -q '^::error ' "$output" || annotate "nothing was judged: $(grep -v '^$' "$errors" | head -n 1 | cut -c 1-1000)"
fi

if [[ -s $markdown ]]; then
  cat "$markdown" >> "$GITHUB_STEP_SUMMARY"
else
  { printf '## ModelGate: inconclusive\n\nNothing was judged:\n\n'; plain "$(head -c 4000 "$errors")"; } >> "$GITHUB_STEP_SUMMARY"
fi

{
  for name in json sarif junit markdown; do
    [[ ! -s ${!name} ]] || echo "$name=${!name}"
  done
} >> "$GITHUB_OUTPUT"
rm -f "$errors" "$output"
finish "$verdict" "$code"
