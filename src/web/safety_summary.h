// The safety summary (R-C-02): the flags of a child in plain words, with what a reader is to do. One thing, shown alike
// on every page about a child in danger. The capability of flags fills it; pages show it.
#pragma once

#include "web/components/app_flag.h"
#include "web/html.h"

#include <string>
#include <vector>

namespace reachable::web {

struct SafetyLine {
    std::string section; // "Act on this now"
    std::string code;    // "CCE_CON"
    std::string label;   // "Worried about criminal exploitation"
    std::string subject; // the person or place that it names; often empty
    std::string words;   // why, in plain words
    std::string prompt;  // what the reader is to do
    std::string
        standing; // "being checked", "out of date since 3 October 2026", "disputed by the child"; empty: it stands
    std::string source;         // "Westmoor County, since 3 October 2026"
    std::string caution;        // "Do not tell the child of it: she would tell her uncle"; often empty
    bool is_introduced = false; // the prompt introduces the words: "What helps: …"
    bool is_urgent = false;
};

struct SafetySummary {
    std::vector<SafetyLine> lines;
    std::string all_flags_at; // the page of the child's flags
    bool is_shown = false;    // false: it is not for this reader, and nothing stands in its place
};

/// In the identity bar that stands on every page about the child: the labels alone.
AppFlags flags_in_the_bar(const SafetySummary& summary);
/// On screen: by sections, each line with its prompt, the reason for it and who says so.
Html safety_summary_panel(const SafetySummary& summary);
/// On paper: one paragraph of at most `most` bytes. Every label first, then the words and what to do, as many as there
/// is room for, those of the most pressing flags before others.
std::string safety_summary_on_paper(const SafetySummary& summary, std::size_t most);

} // namespace reachable::web
