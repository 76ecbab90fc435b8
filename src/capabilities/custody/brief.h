// The one-page brief, worked out from what may be seen: who the child is, what to do now, what is known and who said
// so. Nothing here renders; brief_page.cpp does.
#pragma once

#include "capabilities/custody/rules.h"

namespace reachable::custody {

/// One line of "What we know". Blank never stands here: a question nobody has answered says so.
struct BriefLine {
    std::string line; // "Q08", "F1"
    std::string topic;
    AnswerState state = AnswerState::not_asked;
    std::string means; // behind "Yes" or "No": "not safe"
    std::string words;
    std::string source;        // "Westmoor County duty worker"
    std::optional<UtcTime> at; // when it was said
    std::optional<CivilDate> information_on;
    bool is_asked = false;             // the request is on its way: without an answer it is not "not asked yet"
    bool is_read_back_waiting = false; // taken by phone and not confirmed yet
    bool is_to_be_read = false;        // new or changed since custody last acknowledged it
    bool is_critical = false;
    bool is_pressing = false;          // health, self-harm, whom to keep away: on paper before anything else is
    bool is_called = false;            // an instruction speaks of it, and on paper leads here
    bool is_held_back = false;         // the reader may not see it, whether or not there is an answer
    std::vector<AskAgain> asked_again; // the newest first (R-D-02)
};

/// What an answer calls for, and the beginning of what was said: "Keep the people named away (Q15). Her sister's
/// partner must not collect her."
struct Instruction {
    int order = 99;   // the lowest is the most pressing
    std::string line; // "Q15"
    std::string sentence;
    std::string said; // empty where nothing was said, or the reader may not see it
};

struct Brief {
    std::vector<Instruction> do_now;        // every one that the answers call for, the most pressing first
    std::vector<BriefLine> first;           // at most ten: what stands on the printed page with its source
    std::vector<BriefLine> more;            // the rest: in short lines on paper
    std::vector<std::string> to_read;       // lines to acknowledge
    OpenQuestions open;                     // of the questions that the reader may see
    std::string flags_on_paper = {};        // the safety summary in one paragraph
    std::vector<std::string> standing = {}; // below the lines: the adult, the next review, the bed after charge
};

constexpr std::size_t most_printed_lines = 10;
/// What the safety summary takes of the printed sheet: four lines or so where the sheet is full, and more where it has
/// the room.
constexpr std::size_t least_of_the_flags = 400;
constexpr std::size_t most_of_the_flags = 1600;

/// `held_back` names the questions whose answers the reader may not see: they never read as "not asked yet".
Brief make_brief(const Conversation& facts, std::span<const Question> questions, const casework::Desk& desk,
                 CivilDate day, const std::set<std::string_view>& held_back = {});

/// What stands below the lines of the brief, in sentences: the appropriate adult, until when detention is reviewed next
/// (C05; the custody system owns it), and the bed of a child who was refused bail.
std::vector<std::string> standing_of(const Conversation& facts, const Brief& brief, const casework::Desk& desk,
                                     UtcTime now);

/// Where flags take lines of the sheet, two fewer of what is known stand in full (five of a child
/// who was refused bail); they follow in short lines.
void make_room_for_flags(Brief& brief);

/// How many bytes of words the one printed sheet has room for: of a pressing line, of the child's own words, of another
/// line with its source, and of a short one. Everything stands whole where the sheet has the room. Otherwise pressing
/// lines and the child's words take theirs first, and the others are cut evenly: a pressing line never to less than
/// 150, another never to less than 70, a short one never to less than 22.
struct SheetRoom {
    std::size_t pressing = 0;
    std::size_t child_words = 0;
    std::size_t line = 0;
    std::size_t called = 0;
    std::size_t short_line = 0;

    std::size_t of(const BriefLine& one) const { return one.is_pressing ? pressing : line; }
    std::size_t of_short(const BriefLine& one) const
    {
        return one.is_pressing ? pressing : one.is_called ? called : short_line;
    }
};
SheetRoom room_on_the_sheet(const Brief& brief, std::size_t child_words);
/// True if everything stands whole on the sheet.
bool has_room_for_all(const Brief& brief, std::size_t child_words);

/// The line of one question, as the brief and every page of answers shows it.
BriefLine line_for(const Question& question, const Conversation& facts, bool is_held_back);
/// Words cut at a space within `most` bytes, followed by the mark; whole where they fit.
std::string shortened(const std::string& words, std::size_t most, std::string_view mark);

/// "Q08 How the child understands and communicates": staff talk by number. A new fact has no number of a question.
std::string numbered_topic(const BriefLine& line);

/// How often and why the child was asked again about that question, the newest first.
std::vector<AskAgain> asked_again_about(const Conversation& facts, std::string_view question);
/// The questions of the set that the reader may see.
std::vector<Question> without(std::span<const Question> questions, const std::set<std::string_view>& held_back);

} // namespace reachable::custody
