// Beside the forms that record the appropriate adult: whom children's services name as safe, and whom to keep away.
#include "capabilities/custody/page_parts.h"

#include "clocks/london.h"
#include "web/components/summary_list.h"

#include <fmt/format.h>

namespace reachable::custody {
namespace {

std::string said_of_adults(const BriefLine& line)
{
    const auto state = std::string(records::words_for(line.state));
    return line.words.empty() ? state : fmt::format("{}: {}", state, line.words);
}

} // namespace

Html who_to_keep_away(const Site& site, const Visit& visit, const Seen& seen)
{
    const std::string_view path = visit.request.path;
    if (!path.ends_with("/ask_adult") && !path.ends_with("/adult_here")) return {};
    const auto questions = questions_for(seen.as<Conversation>(), site.desk, clocks::london_day(visit.now));
    const auto held_back = held_back_from(seen, questions, site);
    web::SummaryList list{.card = web::SummaryCard{.title = web::SummaryCardTitle{
                                                       .text = "Before you choose: what children's services say"}}};
    for (const auto* number : {"Q14", "Q15"})
        if (const auto* question = find_question(questions, number)) {
            const auto line = line_for(*question, seen.as<Conversation>(), held_back.contains(number));
            const auto words = line.is_held_back ? std::string("Held back from you") : said_of_adults(line);
            list.rows.push_back({.key = {.text = numbered_topic(line)}, .value = {.text = words}});
        }
    return render(list);
}

} // namespace reachable::custody
