#include "app/wording.h"

#include "base/number.h"
#include "base/text.h"
#include "clocks/london.h"
#include "web/components/notification_banner.h"
#include "web/prose.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {
namespace {

using web::Html;

/// So long it is remembered what was offered: whether it was taken is counted when the box is saved again.
constexpr auto advice_lasts = minutes{30};
constexpr std::size_t most_advice_shown = 4;

/// A correction is posted in a box of one name, whatever field it is about.
std::string box_named(std::string_view input, const web::Fields& form)
{
    return std::string(input == "value" && form.has("field") ? form.get("field") : input);
}

/// The case that an address below /custody names; nothing of any other address.
std::optional<CaseId> detention_in(std::string_view path)
{
    const auto pieces = split(path, '/');
    if (pieces.size() < 3 || pieces[1] != "custody") return std::nullopt;
    const auto id = CaseId::parse(pieces[2]);
    return id ? std::optional(*id) : std::nullopt;
}

std::string where_it_is_changed(const language::Box& row, const std::string& box, const std::string& path)
{
    if (row.changed_at == "form") return path;
    if (row.changed_at != "correct") return {};
    const auto id = detention_in(path);
    return id ? fmt::format("/custody/{}/correct?field={}", id->text(), box) : std::string{};
}

std::string without_query(std::string_view address)
{
    return std::string(address.substr(0, address.find_first_of("?#")));
}

/// "3 taken": the script of the page offered phrase 3 beside the box, and it was taken.
void add_report(WordsRead& read, std::string_view report, const language::Phrases& phrases)
{
    const auto words = split(report, ' ');
    const auto number = whole_number<int>(words.front());
    const auto is_it = [&](const language::Phrase& phrase) { return number && phrase.number == *number; };
    if (words.size() != 2 || std::ranges::none_of(phrases.all(), is_it)) return;
    read.offered.insert(*number);
    if (words[1] == "taken") read.taken.insert(*number);
    if (words[1] == "kept") read.kept.insert(*number);
}

void add_advice(WordsRead& read, const language::Box& row, const std::string& box, std::string_view text,
                std::span<const language::Place> places)
{
    std::set<int> seen;
    for (const auto& place : places)
        if (seen.insert(place.phrase->number).second)
            read.advice.push_back({.phrase = place.phrase,
                                   .words = language::words_at(text, place),
                                   .box = box,
                                   .changed_at = where_it_is_changed(row, box, read.path)});
}

/// The words that stand above the box, where every kind of case that has such a field calls it the same.
std::string label_above(const casework::Desk& desk, std::string_view box)
{
    const auto pieces = split(box, '-');
    std::set<std::string_view> labels;
    for (const auto* type : desk.types) {
        if (const auto* field = type->find_field(pieces.front())) labels.insert(field->label);
        const auto* part = type->find_part(pieces.front());
        for (const auto piece : pieces)
            if (const auto* field = part == nullptr ? nullptr : part->find_field(piece)) labels.insert(field->label);
    }
    return labels.size() == 1 ? std::string(*labels.begin()) : std::string{};
}

std::string in_quotes(std::string_view words)
{
    return fmt::format("“{}”", words);
}

std::string better_words(const language::Phrase& phrase)
{
    std::vector<std::string> quoted;
    for (const auto& better : phrase.better) quoted.push_back(in_quotes(better));
    auto words = quoted.empty() ? std::string{} : fmt::format("better {}. ", join(quoted, " or "));
    if (!phrase.advice.empty()) words += phrase.advice + " ";
    return words;
}

/// R-N-07: "would you decide the same if you wrote …?"
std::string question_of(const language::Phrase& phrase)
{
    if (!phrase.may_change_decision) return {};
    return phrase.better.empty()
               ? std::string("Would you decide the same if you wrote it so?")
               : fmt::format("Would you decide the same if you wrote {}?", in_quotes(phrase.better[0]));
}

Html line_of(const Advice& advice, const casework::Desk& desk)
{
    const auto label = label_above(desk, advice.box);
    Html html;
    html.lit("<li><strong>") << in_quotes(advice.words);
    html.lit("</strong>") << (label.empty() ? std::string(": ") : fmt::format(" ({}): ", label))
                          << better_words(*advice.phrase) << advice.phrase->why;
    if (!advice.changed_at.empty()) {
        html.lit(" <a class=\"govuk-notification-banner__link\"").attribute("href", advice.changed_at);
        html.lit(">Change it<span class=\"govuk-visually-hidden\">: ") << in_quotes(advice.words);
        html.lit("</span></a>");
    }
    return html.lit("</li>");
}

/// Asked once, however many phrases there are: of the first that may have changed a decision.
Html question_about(std::span<const Advice> advice)
{
    const auto first = std::ranges::find_if(advice, [](const Advice& one) { return one.phrase->may_change_decision; });
    return first == advice.end() ? Html{} : web::paragraph(question_of(*first->phrase));
}

Html banner_of(std::span<const Advice> advice, const std::string& page, const casework::Desk& desk)
{
    Html html;
    html.lit("<p class=\"govuk-notification-banner__heading\">Saved as you wrote it. ")
        << (advice.size() == 1 ? std::string("One phrase") : fmt::format("{} phrases", advice.size()));
    html.lit(" may be read against a child:</p><ul class=\"govuk-list govuk-list--bullet\">");
    for (const auto& one : advice.first(std::min(advice.size(), most_advice_shown))) html << line_of(one, desk);
    if (advice.size() > most_advice_shown) {
        html.lit("<li>") << fmt::format("and {} more", advice.size() - most_advice_shown);
        html.lit("</li>");
    }
    html.lit("</ul>") << question_about(advice);
    html.lit("<p class=\"govuk-body\"><a class=\"govuk-notification-banner__link\"").attribute("href", page);
    html.lit(">Keep mine</a>, or read <a class=\"govuk-notification-banner__link\" href=\"/words-about-children\">why "
             "these phrases are listed</a>.</p>");
    return render(web::NotificationBanner{
        .title = "Words about children", .text = html, .title_id = "words-about-children", .classes = "app-no-print"});
}

Json texts(const std::vector<std::string>& all)
{
    auto list = Json::list();
    for (const auto& one : all) list.add(one);
    return list;
}

} // namespace

Result<std::unique_ptr<Wording>> Wording::open(const std::filesystem::path& data_folder)
{
    const auto folder = data_folder / "language";
    const std::filesystem::path lists[] = {folder / "phrases_en.csv", folder / "phrases_cy.csv"};
    auto phrases = TRY(language::Phrases::read(lists));
    auto boxes = TRY(language::Boxes::read(folder / "boxes.csv"));
    return std::unique_ptr<Wording>(new Wording(std::move(phrases), std::move(boxes)));
}

WordsRead Wording::read(const web::Request& request, CivilDate day) const
{
    WordsRead read{.path = request.path};
    const auto form = request.form();
    if (!form) return read;
    for (const auto& [input, value] : form->all()) {
        if (input == "wording") add_report(read, value, phrases_);
        const auto box = box_named(input, *form);
        const auto* row = boxes_.find_read(box);
        if (row == nullptr) continue;
        read.boxes.insert(box);
        add_advice(read, *row, box, value, phrases_.find(value, day));
    }
    return read;
}

/// Phrases that this session was advised about and that no longer stand in the box, now that it is saved again.
std::set<int> Wording::changed_since(const WordsRead& read, const accounts::Session& session) const
{
    std::set<int> changed;
    const auto before = waiting_.find(session.id);
    if (before == waiting_.end()) return changed;
    for (const auto& advised : before->second.advice) {
        const auto stands_still = [&](const Advice& one) {
            return one.box == advised.box && one.phrase->number == advised.phrase->number;
        };
        if (without_query(advised.changed_at) == read.path && read.boxes.contains(advised.box) &&
            std::ranges::none_of(read.advice, stands_still))
            changed.insert(advised.phrase->number);
    }
    return changed;
}

void Wording::note_saved(const WordsRead& read, const accounts::Session& session, std::string_view location,
                         UtcTime now)
{
    std::set<int> taken = read.taken;
    auto shown = read.offered;
    {
        const std::lock_guard lock(guard_);
        std::erase_if(waiting_, [&](const auto& one) { return one.second.since + advice_lasts < now; });
        taken.merge(changed_since(read, session));
        Waiting waiting{.page = without_query(location), .since = now};
        for (const auto& advice : read.advice) {
            shown.insert(advice.phrase->number);
            if (!read.kept.contains(advice.phrase->number)) waiting.advice.push_back(advice);
        }
        waiting_.erase(session.id);
        if (!waiting.advice.empty()) waiting_.emplace(session.id, std::move(waiting));
    }
    const language::Counted counted{session.agency, session.team, language::month_of(clocks::london_day(now))};
    const auto add = [&](int phrase, const language::Count& count) {
        auto what = counted;
        what.phrase = phrase;
        tally_.add(what, count);
    };
    for (const auto phrase : shown) add(phrase, {.shown = 1});
    for (const auto phrase : taken) add(phrase, {.taken = 1});
}

void Wording::show_on(web::Page& page, const derived::Visit& visit, const casework::Desk& desk)
{
    if (visit.session.id.is_none() || visit.request.method != web::Method::get) return;
    const std::lock_guard lock(guard_);
    const auto found = waiting_.find(visit.session.id);
    if (found == waiting_.end()) return;
    auto& waiting = found->second;
    const bool is_over = waiting.is_shown || waiting.since + advice_lasts < visit.now;
    if (is_over || waiting.page != visit.request.path) return;
    waiting.shown_in = visit.request.id; // a page may be made twice before it is sent
    page.before_main << banner_of(waiting.advice, waiting.page, desk);
}

void Wording::note_answered(RequestId request)
{
    const std::lock_guard lock(guard_);
    for (auto& [session, waiting] : waiting_)
        if (waiting.shown_in == request) waiting.is_shown = true;
}

void Wording::store_counts(storage::Database& database)
{
    const auto counts = tally_.take();
    if (counts.empty()) return;
    database.write([&](storage::Transaction& transaction) { language::store(transaction, counts); });
}

Json Wording::for_scripts(CivilDate day) const
{
    auto phrases = Json::list();
    for (const auto& phrase : phrases_.all())
        if (phrase.is_in_force(day))
            phrases.add(Json::object()
                            .set("number", phrase.number)
                            .set("patterns", texts(phrase.patterns))
                            .set("exceptions", texts(phrase.exceptions))
                            .set("better", texts(phrase.better))
                            .set("advice", phrase.advice)
                            .set("why", phrase.why)
                            .set("question", question_of(phrase)));
    auto read = Json::list();
    auto not_read = Json::list();
    for (const auto& box : boxes_.all()) (box.is_read ? read : not_read).add(box.name);
    return Json::object().set("phrases", phrases).set("read", read).set("not_read", not_read);
}

} // namespace reachable::app
