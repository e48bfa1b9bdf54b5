# A report as a comment. Whatever is not of the expected form is an error, and no text reaches the page unescaped.

def must(condition; what): if condition then . else error(what) end;

# Letters, digits and blanks are themselves; all else is an entity, so that nothing of it is markup, a link, a mention or a reference.
# What is invisible or turns the direction of writing is shown as a replacement. An address needs "://" or "www.": an invisible space breaks both.
def safe($longest):
  must(type == "string"; "a text is not a string")
  | (if length > $longest then .[:$longest] + "…" else . end)
  | explode
  | map(
      if (. >= 48 and . <= 57) or (. >= 65 and . <= 90) or (. >= 97 and . <= 122) or . == 32 then [.] | implode
      elif . < 32 or (. >= 127 and . <= 160) or (. >= 8203 and . <= 8207) or (. >= 8232 and . <= 8238) or (. >= 8288 and . <= 8303)
        or . == 173 or . == 1564 or . == 6158 or (. >= 65024 and . <= 65039) or . == 65279 or (. >= 55296 and . <= 57343) or . >= 917504 then "&#65533;"
      elif . == 64 or . == 35 or . == 58 or . == 46 or . == 45 then "&#\(.);&#8203;"
      else "&#\(.);" end)
  | join("");

must(type == "object" and .schemaVersion == "1"; "the schema version is not 1")
| must(.verdict | IN("passed", "failed", "inconclusive"); "the verdict is not valid")
| must(.results | type == "array" and length <= 10000; "there are no results, or too many")
| .results |= map(
    must(.id | type == "string" and test("\\AMG[0-9]{4}\\z"); "an id is not valid")
    | must(.gate | type == "string" and test("\\A[a-z0-9-]{1,80}\\z"); "a gate's name is not valid")
    | must(.outcome | IN("passed", "failed", "inconclusive", "waived", "notApplicable"); "an outcome is not valid"))
| must(.causes | . == null or (type == "array" and length <= 10000); "the causes are not a list")
| ((.causes // []) | map(
    must(type == "object" and (.explains | type == "array" and length <= 100 and all(.[]; type == "string" and test("\\AMG[0-9]{4}\\z"))); "a cause is not valid")
    | "**Cause:** \(.message | safe(300)) (explains \(.explains | join(", ")))")) as $causes
| ([ .results[] | .changes // [] | must(type == "array" and length <= 10000; "the changes are not a list") | .[]
    | must(type == "object" and (.change | IN("worse", "better", "new", "gone")); "a change is not valid") ]
    | sort_by({ worse: 0, better: 1, new: 2, gone: 3 }[.change])) as $changes
| (.results | sort_by({ failed: 0, inconclusive: 1, waived: 2, passed: 3, notApplicable: 4 }[.outcome])) as $results
| ($results | map(select(.outcome | IN("passed", "notApplicable") | not))) as $open
| ($results | map(select(.outcome | IN("passed", "notApplicable")))) as $folded
# What to do first: each gate's first fix.
| ([ $open[] | select(.outcome == "failed") as $result
    | must(.findings | . == null or (type == "array" and length <= 1000000 and all(.[]; type == "object")); "the findings are not a list")
    | first((.findings // [])[] | .remedy | select(. != null)) | "**Fix** \($result.id): \(safe(300))" ]) as $fixes
| def row: "| \(.outcome) | \(.id) \(.gate) | \(.artifact // "" | safe(100)) | \(.message | safe(300)) |";
  def header: "| outcome | gate | artifact | result |", "|---|---|---|---|";
  # A comment holds 65,536 characters.
  def upto($longest; $what): reduce .[] as $line ({ text: [], length: 0, left: 0 };
      if .left == 0 and .length + ($line | length) < $longest then .text += [$line] | .length += ($line | length) + 1 else .left += 1 end)
    | .text[], (if .left > 0 then "", "\(.left) more \($what) are left out here." else empty end);
  [ $mark,
    "## ModelGate: \(.verdict)",
    "",
    (if $changes != [] then
        "**Against the baseline:** \($changes | group_by({ worse: 0, better: 1, new: 2, gone: 3 }[.change]) | map("\(length) \(.[0].change)") | join(", "))", "",
        "| change | signal | of | numbers |", "|---|---|---|---|",
        ($changes | map("| \(if .change == "worse" then "**worse**" else .change end) | \(.signal | safe(80)) | \(.subject | safe(200)) | \(.text // "" | safe(100)) |") | upto(12000; "changes")), ""
      else empty end),
    ($causes[:9] | upto(12000; "causes") | ., ""),
    ($fixes[:9] | upto(12000; "fixes") | ., ""),
    (if $open != [] then header, ($open | map(row) | upto(20000; "results")), "" else empty end),
    (if $folded != [] then "<details><summary>\($folded | length) passed or not applicable</summary>", "", header, ($folded | map(row) | upto(8000; "results")), "", "</details>", "" else empty end),
    "Commit \($sha). The numbers come from the pull request's own run."
  ]
| join("\n")
