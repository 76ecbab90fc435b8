// What the child and the appropriate adult are shown of the brief, on the screen of whoever looks after the child: what
// staff were told helps, and a form for what they put right.
#include "capabilities/custody/page_parts.h"

#include "clocks/london.h"
#include "web/components/radios.h"

#include <fmt/format.h>

namespace reachable::custody {
namespace {

constexpr std::string_view communication = "communication";

/// Of what others said has happened to the child nothing is shown here: they may not know that it was told.
bool is_what_helps(const Question& question)
{
    return question.brief_section == communication && question.label == "personal";
}

/// A topic as whoever it is about reads it: "What helps you stay calm".
std::string to_the_child(std::string_view said_of_them)
{
    constexpr std::string_view other = "the child";
    std::string topic(said_of_them);
    if (const auto at = topic.find(other); at != std::string::npos) topic.replace(at, other.size(), "you");
    return topic;
}

/// What is known and may be shown, in the order of the brief; what cannot be shared is not there.
Html what_was_said(const Seen& seen, std::span<const Question> questions, const std::set<std::string_view>& held_back)
{
    Html said;
    const auto& facts = seen.as<Conversation>();
    for (const auto& question : questions) {
        if (!is_what_helps(question) || held_back.contains(question.number)) continue;
        const auto* answer = find_answer(facts, question.number);
        if (answer == nullptr || answer->state != AnswerState::given) continue;
        said << heading(to_the_child(question.topic), 2) << paragraph(said_in(question, *answer));
        for (const auto& fact : facts.added_facts)
            if (fact.about == question.number)
                said << paragraph(fmt::format("Put right, from {}: {}", fact.by, fact.words.words));
    }
    for (const auto& fact : facts.added_facts)
        if (fact.section == communication && fact.about.empty())
            said << heading(fmt::format("New, from {}", fact.by), 2) << paragraph(fact.words.words);
    if (said.empty()) said << paragraph("Nobody has told us yet what helps you. You can tell us.");
    return said;
}

/// Which of the lines shown is wrong, or that something is missing.
Html which_is_wrong(const Site& site, const Visit& visit, const Seen& seen, const derived::FormState& state)
{
    const auto questions = questions_for(seen.as<Conversation>(), site.desk, clocks::london_day(visit.now));
    const auto held_back = held_back_from(seen, questions, site);
    web::Radios radios{.fieldset = web::Fieldset{.legend = {.text = "What is it about?"}},
                       .id_prefix = "added_facts-about",
                       .name = "added_facts-about",
                       .value = state.value("added_facts-about")};
    for (const auto& question : questions) {
        const auto* answer = find_answer(seen.as<Conversation>(), question.number);
        if (is_what_helps(question) && !held_back.contains(question.number) && answer != nullptr &&
            answer->state == AnswerState::given)
            radios.items.push_back({.value = std::string(question.number), .text = to_the_child(question.topic)});
    }
    if (radios.items.empty()) return {};
    radios.items.push_back({.value = "", .text = "Something else"});
    return render(radios);
}

std::string next_number(const Conversation& facts)
{
    return fmt::format("F{}", facts.added_facts.size() + 1);
}

Html correction_form(const Site& site, const Visit& visit, const Seen& seen, const derived::FormState& state)
{
    const auto& fields = conversation_type().find_part("added_facts")->fields;
    Html html = heading("Is something wrong or missing?", 2);
    html << paragraph("Tell the officer. They write it down now, and everybody who looks after you here sees it.");
    html.lit("<div class=\"app-no-print\">");
    html << derived::form_start(address(seen.head.id, "/what-helps"), visit.session, seen.head.version);
    // Sent twice, it is written down once.
    html.lit("<input type=\"hidden\" name=\"added_facts-number\"")
        .attribute("value", next_number(seen.as<Conversation>()))
        .lit(">");
    html << which_is_wrong(site, visit, seen, state);
    for (const auto& field : fields)
        if (field.name == "words" || field.name == "said_by")
            html << derived::input_for(site.desk, field, fmt::format("added_facts-{}", field.name), state, visit.now);
    html << derived::form_end("Write this down");
    return html.lit("</div>");
}

/// R-D-07: "AA and child see the brief's 'what helps' and may correct it."
Page what_helps(const Site& site, const Visit& visit, const Seen& seen, const derived::FormState& state)
{
    const auto& facts = seen.as<Conversation>();
    Page page{.title = "What helps you here",
              .back_link = web::BackLink{.text = "Brief", .href = address(seen.head.id)},
              .has_errors = !state.problems.empty()};
    page.printed_by_line = fmt::format("Printed {}.", clocks::wall_date_time(visit.now));
    page.before_main << news(visit, seen) << web::error_summary_for(state.problems);
    page.main << heading("What helps you here");
    page.main << paragraph("This is what we were told helps you while you are here. Read it with the adult who "
                           "is here for you. You may put it right.");
    const auto questions = questions_for(facts, site.desk, clocks::london_day(visit.now));
    page.main << what_was_said(seen, questions, held_back_from(seen, questions, site));
    if (!facts.adult_who.empty())
        page.main << heading("The adult who is here for you", 2) << paragraph(facts.adult_who);
    if (seen.may_do("add_fact") || !state.problems.empty()) page.main << correction_form(site, visit, seen, state);
    return page;
}

Result<Page> show_what_helps(const Site& site, const Visit& visit)
{
    const auto seen = TRY(look_at(site, visit, "what-helps"));
    return what_helps(site, visit, seen, {});
}

Result<Outcome> write_down(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto id = TRY(visit.case_id());
    derived::FormState state{.values = form, .problems = {}};
    const auto seen = TRY(look_at(site, visit, "what-helps"));
    auto typed = form;
    if (typed.get("added_facts-number").empty()) typed.add("added_facts-number", next_number(seen.as<Conversation>()));
    typed.add("added_facts-section", std::string(communication));
    const auto asked = derived::read_form(conversation_type(), *conversation_type().find_action("add_fact"), typed,
                                          visit.now, state.problems);
    if (typed.get("added_facts-said_by").empty())
        state.problems.push_back({ProblemKind::missing, "Choose who told you", "added_facts-said_by"});
    if (state.problems.empty()) {
        const auto acted = casework::act(
            site.desk, visit.session, visit.request.id,
            {.type = "custody", .action = "add_fact", .id = id, .expected_version = seen.head.version, .asked = asked},
            visit.now);
        if (acted) return derived::with_news(address(id, "/what-helps"), acted->version);
        state.problems = acted.error();
        if (is_conflict(state.problems))
            state.problems = {{ProblemKind::conflict,
                               "Something was written down after you opened this page. If it is "
                               "this, you have nothing more to do; if not, write it down again",
                               "added_facts-words"}};
    }
    return what_helps(site, visit, seen, state);
}

} // namespace

void add_what_helps_page(web::Router& router, const Site& site)
{
    site.page(router, "/custody/{id}/what-helps", [&site](const Visit& visit) { return show_what_helps(site, visit); });
    site.post(router, "/custody/{id}/what-helps",
              [&site](const Visit& visit, const web::Fields& form) { return write_down(site, visit, form); });
}

} // namespace reachable::custody
