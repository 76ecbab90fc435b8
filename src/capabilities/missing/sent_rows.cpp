#include "capabilities/missing/sent_rows.h"

#include "base/number.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace reachable::missing {
namespace {

using identity::FeedValues;

/// Reads one row; each of its functions takes what belongs together.
class RowTaker {
  public:
    RowTaker(SentRow& row, const FeedValues& values, const SentMapping& mapping)
        : row_(row), episode_(row.episode), values_(values), mapping_(mapping)
    {
    }

    void take()
    {
        episode_.reference = text("reference");
        if (episode_.reference.empty()) set_aside("has no reference");
        if (identity::can_mislead(values_)) set_aside("holds signs that turn the direction of its text");
        episode_.is_deleted = code("deleted") == "yes";
        if (episode_.is_deleted || !row_.reasons.empty()) return;
        take_child();
        take_times();
        take_levels();
        take_rest();
        take_outcome();
    }

  private:
    void set_aside(std::string reason)
    {
        if (std::ranges::find(row_.reasons, reason) == row_.reasons.end()) row_.reasons.push_back(std::move(reason));
    }

    /// All columns of that name, joined.
    std::string text(std::string_view name) const { return join(identity::texts_of(values_, mapping_.of(name)), ", "); }

    std::string code_of(std::string_view name, const std::string& cell)
    {
        const auto codes = mapping_.codes.find(name);
        if (codes != mapping_.codes.end())
            if (const auto found = codes->second.find(cell); found != codes->second.end()) return found->second;
        set_aside(fmt::format("has a code of {} that the mapping does not know", name));
        return {};
    }
    std::string code(std::string_view name)
    {
        const auto cell = text(name);
        return cell.empty() ? std::string() : code_of(name, cell);
    }
    std::vector<std::string> codes(std::string_view name)
    {
        std::vector<std::string> all;
        for (const auto& cell : identity::texts_of(values_, mapping_.of(name)))
            for (const auto piece : split(cell, ';'))
                if (!trim(piece).empty())
                    if (auto one = code_of(name, std::string(trim(piece))); !one.empty()) all.push_back(std::move(one));
        return all;
    }

    std::optional<SentTime> time_in(std::string_view name, std::string_view cell)
    {
        auto time = read_sent_time(cell, mapping_.time_format, mapping_.is_london);
        if (!time)
            set_aside(fmt::format("has a time ({}) that is not written {} or that no clock showed", name,
                                  mapping_.time_format));
        return time;
    }
    std::optional<SentTime> time(std::string_view name)
    {
        const auto cell = text(name);
        return cell.empty() ? std::nullopt : time_in(name, cell);
    }

    void take_child()
    {
        auto& child = episode_.child;
        child.source = mapping_.people;
        child.reference = text("person");
        if (child.reference.empty()) set_aside("does not say whose episode it is");
        const auto given = text("given");
        const auto family = text("family");
        if (!given.empty() || !family.empty()) child.names.push_back({.given = given, .family = family, .whole = {}});
        if (const auto whole = text("whole"); !whole.empty())
            child.names.push_back(identity::whole_name(whole, mapping_.whole_order));
        const auto born = text("born");
        if (born.empty()) return;
        child.born = identity::read_born(born, mapping_.born_format);
        if (!child.born)
            set_aside(fmt::format("has a birth date that is not written {}", mapping_.born_format));
        else if (!identity::is_in_a_calendar(*child.born, identity::date_pieces(born, mapping_.born_format).value()))
            set_aside("has a birth date that is in no calendar");
    }

    void set(std::string_view field, const std::optional<SentTime>& time)
    {
        if (time) episode_.facts.set(field, to_iso(time->at));
    }
    /// What the system says of how sure it is; a day alone, and an hour that came twice, are known no better than that.
    void set_sure(std::string_view field, const std::optional<SentTime>& time)
    {
        auto sure = code(field);
        if (!time) return;
        if (time->is_day_alone)
            sure = "day_alone";
        else if (time->came_twice && (sure.empty() || sure == "exact"))
            sure = "about";
        episode_.facts.set(field, sure.empty() ? std::string("exact") : sure);
    }

    void take_times()
    {
        const auto last_seen = time("last_seen");
        const auto reported = time("reported");
        const auto returned = time("returned");
        set("last_seen_at", last_seen);
        set("reported_at", reported);
        set("written_down_at", time("written_down"));
        set("located_at", time("located"));
        set("returned_at", returned);
        set_sure("last_seen_sure", last_seen);
        set_sure("returned_sure", returned);
        if (last_seen || reported) episode_.began_at = last_seen ? last_seen->at : reported->at;
        if (returned) episode_.returned_at = returned->at;
        if (!episode_.began_at && row_.reasons.empty())
            set_aside("says neither when the child was last seen nor when it was reported");
    }

    /// The history of the levels: pairs of code and time, or two columns side by side.
    void take_levels()
    {
        std::string lines;
        const auto add = [&](const std::string& level, const std::optional<SentTime>& at) {
            if (!level.empty() && at) lines += fmt::format("{}{} {}", lines.empty() ? "" : "\n", level, to_iso(at->at));
        };
        const auto levels = pieces_of("levels");
        const auto times = pieces_of("levels_at");
        if (mapping_.has("levels_at")) {
            if (levels.size() != times.size()) return set_aside("has not as many times of levels as it has levels");
            for (std::size_t i = 0; i < levels.size(); ++i)
                add(code_of("levels", levels[i]), time_in("levels_at", times[i]));
        } else
            for (const auto& one : levels) {
                const auto bar = one.find('|');
                if (bar == std::string::npos) {
                    set_aside("has a level without its time (code|time)");
                    continue;
                }
                add(code_of("levels", std::string(trim(std::string_view(one).substr(0, bar)))),
                    time_in("levels", trim(std::string_view(one).substr(bar + 1))));
            }
        if (!lines.empty()) episode_.facts.set("levels_sent", lines);
    }
    std::vector<std::string> pieces_of(std::string_view name) const
    {
        std::vector<std::string> pieces;
        for (const auto& cell : identity::texts_of(values_, mapping_.of(name)))
            for (const auto piece : split(cell, ';'))
                if (!trim(piece).empty()) pieces.emplace_back(trim(piece));
        return pieces;
    }

    void set_text(std::string_view field, std::string value)
    {
        if (!value.empty()) episode_.facts.set(field, std::move(value));
    }

    void take_rest()
    {
        episode_.force = code("force");
        episode_.authority = code("authority");
        for (const auto* name : {"missing_from", "reporter", "located_how", "found_by", "return_type"})
            set_text(name, code(name));
        for (const auto* name : {"last_seen_where", "located_where", "found_where"}) set_text(name, text(name));
        if (const auto harm = codes("harm"); !harm.empty()) {
            auto list = Json::list();
            for (const auto& one : harm) list.add(one);
            episode_.facts.set("harm", std::move(list));
        }
        take_distance();
    }

    void take_distance()
    {
        const auto words = text("distance_km");
        if (words.empty()) return;
        const auto whole = whole_number<int>(std::string_view(words).substr(0, words.find('.')));
        if (!whole || *whole < 0 || *whole > 20'000) return set_aside("has a distance that is no number of kilometres");
        episode_.facts.set("found_distance", *whole < 5    ? "under_5"
                                             : *whole < 20 ? "5_to_20"
                                             : *whole < 50 ? "20_to_50"
                                                           : "over_50");
    }

    /// A word that says how it ended must fit the time at which it did.
    void take_outcome()
    {
        const auto outcome = code("outcome");
        episode_.was_no_absence = outcome == "not_missing";
        if (outcome == "returned" && !episode_.returned_at && row_.reasons.empty())
            set_aside("says that the child is back, and not since when");
        if (outcome == "missing" && episode_.returned_at)
            set_aside("says that the child is away, and when it came back");
        if (episode_.was_no_absence)
            episode_.facts.set("reclassified_because", "Not missing, as the force's own system says");
    }

    SentRow& row_;
    SentEpisode& episode_;
    const FeedValues& values_;
    const SentMapping& mapping_;
};

} // namespace

Result<SentReader> SentReader::open(std::string_view text, const SentMapping& mapping)
{
    return SentReader(TRY(identity::RowReader::open(text, columns_of(mapping))), mapping);
}

std::optional<SentRow> SentReader::next()
{
    const auto read = rows_.next();
    if (!read) return std::nullopt;
    SentRow row{.number = read->number, .line = read->line, .text = read->text};
    if (!read->fault.empty()) {
        row.reasons.push_back(read->fault);
        return row;
    }
    RowTaker(row, read->values, *mapping_).take();
    if (row.reasons.empty() && !references_.insert(row.episode.reference).second)
        row.reasons.emplace_back("has a reference that stood in the file before");
    return row;
}

} // namespace reachable::missing
