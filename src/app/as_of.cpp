#include "app/as_of.h"

#include "base/text.h"
#include "clocks/london.h"
#include "web/components/warning_text.h"
#include "web/form_view.h"
#include "web/prose.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

constexpr int first_year_on_record = 2000;

tl::unexpected<Problems> no_such_moment()
{
    return refuse(ProblemKind::malformed,
                  "Enter a day and a time as 2026-11-02T16:00, or a day alone as 2026-11-02, by the clocks of London",
                  "as_of");
}

Result<UtcTime> end_of(CivilDate day)
{
    const auto next = TRY(clocks::from_wall(CivilDate{std::chrono::sys_days{day} + std::chrono::days{1}}, "00:00"));
    return next - seconds{1};
}

} // namespace

Result<std::optional<AsOf>> as_of_in(const derived::Visit& visit)
{
    const auto& query = visit.request.query;
    const auto asked = trim(query.get(query.get("as_of").empty() ? "until" : "as_of"));
    if (asked.empty()) return std::nullopt;
    const auto split_at = std::min(asked.find_first_of("T "), asked.size());
    const auto day = parse_date(asked.substr(0, split_at));
    if (!day || static_cast<int>(day->year()) < first_year_on_record) return no_such_moment();
    const auto today = clocks::london_day(visit.now);
    const bool is_day_alone = split_at == asked.size();
    if (is_day_alone && *day == today) return std::nullopt;
    if (*day > today)
        return refuse(ProblemKind::malformed, "That day has not come yet. Enter one that has passed", "as_of");
    if (is_day_alone) return AsOf{.at = TRY(end_of(*day)), .text = to_iso(*day)};
    const auto time = asked.substr(split_at + 1);
    auto at = clocks::from_wall(*day, time, true);
    if (at && *at > visit.now) at = clocks::from_wall(*day, time);
    if (!at) return no_such_moment();
    if (*at > visit.now)
        return refuse(ProblemKind::malformed, "That time has not come yet. Enter one that has passed", "as_of");
    return AsOf{.at = *at, .text = fmt::format("{}T{}", to_iso(*day), time)};
}

web::Html history_words(const std::optional<AsOf>& as_of)
{
    if (!as_of) return {};
    const auto words =
        fmt::format("History: this is what was on record on {}, as far as it is open to you today. "
                    "What came to be known since does not stand here, nor a flag that was taken away since; who "
                    "the child is and who answers for them is as it is known now.",
                    clocks::wall_date_time_told_apart(as_of->at));
    return render(web::WarningText{.text = web::Content(words), .icon_fallback_text = "History"});
}

web::Text printed_line(const derived::Visit& visit, const std::optional<AsOf>& as_of)
{
    auto words = fmt::format("Printed {} by {}.", clocks::wall_date_time(visit.now),
                             with_article(accounts::title_of(visit.session.role)));
    if (as_of) words += fmt::format(" HISTORY: as it stood on {}.", clocks::wall_date_time_told_apart(as_of->at));
    return words;
}

web::Html as_of_field(const std::optional<AsOf>& as_of)
{
    return web::text_field({.name = "as_of",
                            .label = "As it stood when?",
                            .hint = "For example, 2026-10-28T16:00, or 2026-10-28 for the end of that day. Leave it "
                                    "empty for now",
                            .value = as_of ? as_of->text : std::string(),
                            .classes = "govuk-input--width-10",
                            .checks_spelling = false});
}

} // namespace reachable::app
