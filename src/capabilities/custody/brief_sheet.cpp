// How much of the brief stands on its one printed sheet. The browser breaks the lines, so this counts them as it would,
// a little too many rather than too few; the browser's story prints the longest brief there can be and counts the
// sheets.
#include "capabilities/custody/brief.h"

#include <algorithm>

namespace reachable::custody {
namespace {

// In points: A4 less its margins and a little to spare, and how high things stand there. Then letters of 10 points.
constexpr std::size_t sheet_height = 812;
constexpr std::size_t frame_height = 250; // who the child is, headings, clocks, the appropriate adult, who printed it
constexpr std::size_t warning_height = 36;
constexpr std::size_t line_height = 11;
constexpr std::size_t space_round_a_line = 3;
constexpr std::size_t space_round_a_short_line = 1;
constexpr std::size_t letters_across = 102;
constexpr std::size_t letters_in_a_column = 51;
constexpr std::size_t letters_of_a_sentence = 90; // below the lines a sentence stands by itself, with more air
constexpr std::size_t line_of_a_sentence = 13;
constexpr std::size_t space_round_a_sentence = 6;
constexpr std::size_t letters_of_a_source = 50;
constexpr std::size_t letters_of_unconfirmed = 30; // ", by phone, not yet confirmed"
constexpr std::size_t letters_of_a_cut = 16;       // " … (see screen)"; of a short line only " …"
constexpr std::size_t letters_of_a_short_cut = 2;

constexpr SheetRoom most{.pressing = 900, .child_words = 900, .line = 900, .called = 400, .short_line = 400};
constexpr SheetRoom least{.pressing = 150, .child_words = 200, .line = 60, .called = 10, .short_line = 10};
constexpr std::size_t steps = 60;

std::size_t lines_of(std::size_t letters, std::size_t across)
{
    return (letters + across - 1) / across;
}

std::size_t letters_of_the_words(const BriefLine& line, std::size_t most_words, std::size_t cut)
{
    return line.words.size() <= most_words ? line.words.size() : most_words + cut;
}

/// Topic, state and words; "Not known" brings a note of its own.
std::size_t letters_of(const BriefLine& line, std::size_t most_words, std::size_t cut)
{
    const bool is_known =
        line.state == AnswerState::yes || line.state == AnswerState::no || line.state == AnswerState::given;
    const auto state = is_known ? 11 + line.means.size() : std::size_t{29};
    return numbered_topic(line).size() + state + letters_of_the_words(line, most_words, cut);
}

std::size_t letters_of_the_source(const BriefLine& line)
{
    if (!line.at) return 0;
    return letters_of_a_source + (line.is_read_back_waiting ? letters_of_unconfirmed : 0);
}

std::size_t height_of(const Brief& brief, std::size_t child_words, const SheetRoom& room)
{
    auto height = frame_height + (brief.open.must_open + brief.open.told_nothing > 0 ? warning_height : 0);
    height += line_height * lines_of(brief.flags_on_paper.size(), letters_across) +
              (brief.flags_on_paper.empty() ? 0 : space_round_a_line);
    height += line_height * lines_of(std::min(child_words, room.child_words + letters_of_a_cut), letters_across);
    for (const auto& one : brief.standing)
        height += line_of_a_sentence * lines_of(one.size(), letters_of_a_sentence) + space_round_a_sentence;
    // The frame has a line for the adult.
    if (!brief.standing.empty()) height -= line_height;
    for (const auto& one : brief.do_now) height += line_height * lines_of(one.sentence.size(), letters_across);
    for (const auto& line : brief.first) {
        const auto letters = letters_of(line, room.of(line), letters_of_a_cut) + letters_of_the_source(line);
        height += line_height * lines_of(letters, letters_across) + space_round_a_line;
    }
    std::size_t both_columns = 0;
    for (const auto& line : brief.more)
        both_columns +=
            line_height * lines_of(letters_of(line, room.of_short(line), letters_of_a_short_cut), letters_in_a_column) +
            space_round_a_short_line;
    // No line is broken between the columns, so one of them may be longer than half.
    const auto what_a_cut_means = brief.more.empty() ? 0 : line_height;
    return height + both_columns / 2 + line_height + what_a_cut_means;
}

std::size_t between(std::size_t low, std::size_t high, std::size_t step)
{
    return low + (high - low) * step / steps;
}

/// What must not be missed, so many steps of the way from least to most; the rest as it is.
SheetRoom with_pressing(SheetRoom room, std::size_t step)
{
    room.pressing = between(least.pressing, most.pressing, step);
    room.child_words = between(least.child_words, most.child_words, step);
    return room;
}

SheetRoom with_called(SheetRoom room, std::size_t step)
{
    room.called = between(least.called, most.called, step);
    return room;
}

SheetRoom with_the_rest(SheetRoom room, std::size_t step)
{
    room.line = between(least.line, most.line, step);
    room.short_line = between(least.short_line, most.short_line, step);
    return room;
}

} // namespace

void make_room_for_flags(Brief& brief)
{
    // Of a child who was refused bail a third sentence stands below the lines, and three lines make way for it.
    const std::size_t most_lines = most_printed_lines - (brief.standing.size() > 2 ? 5 : 2);
    if (brief.flags_on_paper.size() <= 2 * letters_across) return;
    while (brief.first.size() > most_lines) {
        brief.more.insert(brief.more.begin(), std::move(brief.first.back()));
        brief.first.pop_back();
    }
}

bool has_room_for_all(const Brief& brief, std::size_t child_words)
{
    return height_of(brief, child_words, most) <= sheet_height;
}

SheetRoom room_on_the_sheet(const Brief& brief, std::size_t child_words)
{
    auto room = least;
    for (const auto widen : {with_pressing, with_called, with_the_rest}) {
        auto step = steps;
        while (step > 0 && height_of(brief, child_words, widen(room, step)) > sheet_height) --step;
        room = widen(room, step);
    }
    return room;
}

} // namespace reachable::custody
