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

constexpr const char* the_field = "as_of";

tl::unexpected<Problems> not_so(std::string sentence)
{
    return refuse(ProblemKind::malformed, std::move(sentence), the_field);
}

tl::unexpected<Problems> no_such_moment()
{
    return not_so("Enter a day and a time as 2026-11-02T16:00, or a day alone as 2026-11-02, by the clocks of London");
}

Result<UtcTime> end_of(CivilDate day)
{
    const auto next = TRY(clocks::from_wall(CivilDate{std::chrono::sys_days{day} + std::chrono::days{1}}, "00:00"));
    return next - seconds{1};
}

/// What somebody typed, under either of its names.
std::string_view typed_in(const web::Fields& query)
{
    return trim(query.get(query.get(the_field).empty() ? "until" : the_field));
}

/// "01:30 BST" is "01:30" and "bst"; the letters may be left out on all nights but one.
struct Written {
    std::string wall;
    std::string zone = {};
};
Written written_in(std::string_view time)
{
    const auto words = to_lower_ascii(trim(time));
    for (const std::string zone : {"bst", "gmt"})
        if (words.ends_with(zone)) return {std::string(trim(words.substr(0, words.size() - zone.size()))), zone};
    return {words};
}

Result<AsOf> moment_on(CivilDate day, const Written& written, UtcTime now)
{
    const auto first = clocks::from_wall(day, written.wall);
    if (!first) return no_such_moment();
    const auto second = TRY(clocks::from_wall(day, written.wall, true));
    const bool comes_twice = second != *first;
    if (comes_twice && written.zone.empty() && second <= now)
        return not_so(fmt::format("{0} came twice that night. Write {0} BST for the first, {0} GMT for the second",
                                  written.wall));
    const auto at = written.zone == "gmt" ? second : *first;
    const auto shown = clocks::wall_time(at);
    if (!to_lower_ascii(shown).ends_with(written.zone))
        return not_so("That day has no such time. Leave out the letters");
    if (at > now) return not_so("That time has not come yet. Enter one that has passed");
    const auto letters = comes_twice ? shown.substr(shown.size() - 3) : std::string();
    return AsOf{.at = at, .text = fmt::format("{}T{}{}", to_iso(day), written.wall, letters)};
}

web::Html field_with(std::string value, std::string error)
{
    return web::text_field({.name = the_field,
                            .label = "As it stood when?",
                            .hint = "For example, 2026-10-28T16:00, or 2026-10-28 for the end of that day. Leave it "
                                    "empty for now",
                            .value = std::move(value),
                            .error = std::move(error),
                            .classes = "govuk-input--width-10",
                            .checks_spelling = false});
}

} // namespace

Result<std::optional<AsOf>> as_of_in(const derived::Visit& visit)
{
    const auto asked = typed_in(visit.request.query);
    if (asked.empty()) return std::nullopt;
    const auto split_at = std::min(asked.find_first_of("T "), asked.size());
    const auto day = parse_date(asked.substr(0, split_at));
    if (!day || static_cast<int>(day->year()) < first_year_on_record) return no_such_moment();
    const auto today = clocks::london_day(visit.now);
    const bool is_day_alone = split_at == asked.size();
    if (is_day_alone && *day == today) return std::nullopt;
    if (*day > today) return not_so("That day has not come yet. Enter one that has passed");
    if (is_day_alone) return AsOf{.at = TRY(end_of(*day)), .text = to_iso(*day)};
    return TRY(moment_on(*day, written_in(asked.substr(split_at + 1)), visit.now));
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
    return field_with(as_of ? as_of->text : std::string(), {});
}

Result<web::Page> or_asked_again(const derived::Visit& visit, Result<web::Page> page)
{
    if (page || page.error().front().field != the_field) return page;
    const auto& problems = page.error();
    web::Page form{
        .title = "As it stood when?", .back_link = web::BackLink{.href = visit.request.path}, .has_errors = true};
    form.before_main << web::error_summary_for(problems);
    form.main << web::heading("As it stood on an earlier day") << web::lit("<form method=\"get\" novalidate>");
    // What else was chosen stays chosen.
    for (const auto* name : {"agency", "kind", "year", "role"})
        if (const auto value = visit.request.query.get(name); !value.empty())
            form.main.lit("<input type=\"hidden\"").attribute("name", name).attribute("value", value).lit(">");
    form.main << field_with(std::string(typed_in(visit.request.query)), problems.front().sentence)
              << web::button("Show", web::ButtonLook::secondary);
    form.main.lit("</form>");
    return form;
}

} // namespace reachable::app
