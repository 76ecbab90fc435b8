// An entry as bytes and back. One line for each part, in a fixed order:
//
//     sequence 17
//     at 2026-10-25T00:30:00Z
//     …
//     reason_code
//     …
//     also 07c1… 88e0…
//     commitment 5f0c…
//
// A part without a value is its name alone. Handles are 32 hexadecimal digits, bitmaps hexadecimal without leading
// zeros. What the policy was asked follows only where something was decided: entries from before it was kept stay byte
// for byte what they were. Lines that may be there any number of times come last: the child and the case of each row
// that the entry is about besides its own, "-" for none of the two, and commitments. There is exactly one way to write
// an entry.
#include "audit/log.h"

#include "audit/entry_reader.h"

#include <algorithm>
#include <charconv>

namespace reachable::audit {
namespace {

constexpr std::array<std::string_view, 10> operation_names{
    "act",        "look",         "refusal", "sign_in",       "sign_out", "sign_in_refused",
    "disclosure", "notification", "clock",   "administration"};

/// Printable ASCII without spaces.
bool is_code(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

bool is_commitment(std::string_view text)
{
    const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return text.size() == 2 * sizeof(Hash) && std::all_of(text.begin(), text.end(), is_digit);
}

bool has_four_digit_year(UtcTime at)
{
    static constexpr auto first = UtcTime{std::chrono::sys_days{std::chrono::year{0} / 1 / 1}};
    static constexpr auto end = UtcTime{std::chrono::sys_days{std::chrono::year{10000} / 1 / 1}};
    return at >= first && at < end;
}

// Writing.

void write_line(std::string& bytes, std::string_view name, std::string_view value)
{
    bytes += name;
    if (!value.empty()) bytes += ' ';
    bytes += value;
    bytes += '\n';
}

void write_code(std::string& bytes, std::string_view name, std::string_view value)
{
    CHECK(is_code(value), "an audit entry holds codes and handles only: printable ASCII without spaces");
    write_line(bytes, name, value);
}

template <class Kind>
void write_id(std::string& bytes, std::string_view name, const Id<Kind>& id)
{
    write_line(bytes, name, id.is_none() ? std::string{} : id.text());
}

void write_beside(std::string& bytes, const Beside& beside)
{
    CHECK(!beside.child.is_none() || !beside.case_id.is_none(), "an entry is about a child or a case");
    const auto handle = [](const auto& id) { return id.is_none() ? std::string("-") : id.text(); };
    write_line(bytes, "also", handle(beside.child) + ' ' + handle(beside.case_id));
}

void write_number(std::string& bytes, std::string_view name, std::uint64_t number, int base)
{
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
    write_line(bytes, name, std::string_view(digits.data(), end));
}

// Reading.

tl::unexpected<Problems> not_canonical(std::string_view name)
{
    return refuse(ProblemKind::malformed, "The audit entry is not written as entries are", std::string(name));
}

/// Takes the lines of an entry one after another.
class Lines {
  public:
    explicit Lines(std::string_view bytes) : rest_(bytes) {}

    /// The value of the next line, if it carries that name; nothing if it does not.
    std::optional<std::string_view> take(std::string_view name)
    {
        const auto end = rest_.find('\n');
        if (end == std::string_view::npos || !rest_.starts_with(name)) return std::nullopt;
        auto value = rest_.substr(name.size(), end - name.size());
        if (end < name.size()) return std::nullopt;
        if (!value.empty()) {
            if (value.front() != ' ' || value.size() == 1) return std::nullopt;
            value.remove_prefix(1);
        }
        rest_.remove_prefix(end + 1);
        return value;
    }
    bool are_finished() const { return rest_.empty(); }
    bool go_on_with(std::string_view start) const { return rest_.starts_with(start); }

  private:
    std::string_view rest_;
};

Result<> read_code(Lines& lines, std::string_view name, std::string& into)
{
    const auto value = lines.take(name);
    if (!value || !is_code(*value)) return not_canonical(name);
    into.assign(*value);
    return {};
}

int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/// Exactly the digits of a handle that is not none.
template <class Kind>
bool read_handle(std::string_view digits, Id<Kind>& into)
{
    if (digits.size() != 2 * into.bytes.size()) return false;
    for (std::size_t i = 0; i < into.bytes.size(); ++i) {
        const int high = hex_value(digits[2 * i]);
        const int low = hex_value(digits[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        into.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return !into.is_none();
}

template <class Kind>
Result<> read_id(Lines& lines, std::string_view name, Id<Kind>& into)
{
    const auto value = lines.take(name);
    into = {};
    if (!value || (!value->empty() && !read_handle(*value, into))) return not_canonical(name);
    return {};
}

/// Only digits as `to_chars` writes them: lower case, no leading zero.
Result<> read_number(Lines& lines, std::string_view name, std::uint64_t& into, int base)
{
    const auto value = lines.take(name);
    if (!value || value->empty() || (value->size() > 1 && value->front() == '0')) return not_canonical(name);
    if (std::any_of(value->begin(), value->end(), [](char c) { return hex_value(c) < 0; })) return not_canonical(name);
    const auto end = value->data() + value->size();
    const auto [reached, error] = std::from_chars(value->data(), end, into, base);
    if (error != std::errc{} || reached != end) return not_canonical(name);
    return {};
}

Result<> read_time(Lines& lines, UtcTime& into)
{
    const auto value = lines.take("at");
    if (!value) return not_canonical("at");
    into = TRY(parse_utc(*value));
    return {};
}

Result<> read_operation(Lines& lines, Operation& into)
{
    const auto value = lines.take("operation");
    const auto found = std::find(operation_names.begin(), operation_names.end(), value.value_or(""));
    if (found == operation_names.end()) return not_canonical("operation");
    into = static_cast<Operation>(found - operation_names.begin());
    return {};
}

/// The one line that is left out when it says nothing.
Result<> read_question(Lines& lines, std::string& into)
{
    into.clear();
    if (!lines.go_on_with("question")) return {};
    TRY(read_code(lines, "question", into));
    return into.empty() ? Result<>(not_canonical("question")) : Result<>();
}

template <class Kind>
bool read_handle_or_none(std::string_view text, Id<Kind>& into)
{
    into = {};
    return text == "-" || read_handle(text, into);
}

Result<> read_beside(Lines& lines, std::vector<Beside>& into)
{
    into.clear();
    while (lines.go_on_with("also ")) {
        const auto value = lines.take("also").value_or("");
        const auto middle = std::min(value.find(' '), value.size());
        auto& [child, case_id] = into.emplace_back();
        const bool is_read = middle < value.size() && read_handle_or_none(value.substr(0, middle), child) &&
                             read_handle_or_none(value.substr(middle + 1), case_id);
        if (!is_read || (child.is_none() && case_id.is_none())) return not_canonical("also");
    }
    return {};
}

Result<> read_commitments(Lines& lines, std::vector<std::string>& into)
{
    std::size_t count = 0;
    for (; !lines.are_finished(); ++count) {
        const auto value = lines.take("commitment");
        if (!value || !is_commitment(*value)) return not_canonical("commitment");
        if (count == into.size()) into.emplace_back();
        into[count].assign(*value);
    }
    into.resize(count);
    return {};
}

} // namespace

std::string_view name_of(Operation operation)
{
    return operation_names.at(static_cast<std::size_t>(operation));
}

std::string canonical(const Entry& entry)
{
    CHECK(has_four_digit_year(entry.at), "the time of an audit entry has a year of four digits");
    std::string bytes;
    bytes.reserve(640 + entry.question.size() + 80 * (entry.also.size() + entry.commitments.size()));
    write_number(bytes, "sequence", entry.sequence, 10);
    write_line(bytes, "at", to_iso(entry.at));
    write_code(bytes, "clock_health", entry.clock_health);
    write_line(bytes, "operation", name_of(entry.operation));
    write_code(bytes, "action", entry.action);
    write_id(bytes, "worker", entry.worker);
    write_id(bytes, "agency", entry.agency);
    write_id(bytes, "on_behalf_of", entry.on_behalf_of);
    write_code(bytes, "role", entry.role);
    write_code(bytes, "purpose", entry.purpose);
    write_code(bytes, "reason_code", entry.reason_code);
    write_id(bytes, "child", entry.child);
    write_id(bytes, "case", entry.case_id);
    write_number(bytes, "categories", entry.categories, 16);
    write_number(bytes, "view", entry.view, 16);
    write_code(bytes, "recipients", entry.recipients);
    write_code(bytes, "rules", entry.rules);
    write_code(bytes, "policy_hash", entry.policy_hash);
    write_id(bytes, "request", entry.request);
    write_code(bytes, "outcome", entry.outcome);
    if (!entry.question.empty()) write_code(bytes, "question", entry.question);
    for (const auto& beside : entry.also) write_beside(bytes, beside);
    for (const auto& commitment : entry.commitments) {
        CHECK(is_commitment(commitment), "a commitment is 64 hexadecimal digits");
        write_line(bytes, "commitment", commitment);
    }
    return bytes;
}

Result<> read_entry(std::string_view canonical_bytes, Entry& into)
{
    Lines lines(canonical_bytes);
    TRY(read_number(lines, "sequence", into.sequence, 10));
    TRY(read_time(lines, into.at));
    TRY(read_code(lines, "clock_health", into.clock_health));
    TRY(read_operation(lines, into.operation));
    TRY(read_code(lines, "action", into.action));
    TRY(read_id(lines, "worker", into.worker));
    TRY(read_id(lines, "agency", into.agency));
    TRY(read_id(lines, "on_behalf_of", into.on_behalf_of));
    TRY(read_code(lines, "role", into.role));
    TRY(read_code(lines, "purpose", into.purpose));
    TRY(read_code(lines, "reason_code", into.reason_code));
    TRY(read_id(lines, "child", into.child));
    TRY(read_id(lines, "case", into.case_id));
    TRY(read_number(lines, "categories", into.categories, 16));
    TRY(read_number(lines, "view", into.view, 16));
    TRY(read_code(lines, "recipients", into.recipients));
    TRY(read_code(lines, "rules", into.rules));
    TRY(read_code(lines, "policy_hash", into.policy_hash));
    TRY(read_id(lines, "request", into.request));
    TRY(read_code(lines, "outcome", into.outcome));
    TRY(read_question(lines, into.question));
    TRY(read_beside(lines, into.also));
    return read_commitments(lines, into.commitments);
}

Result<Entry> parse_entry(std::string_view canonical_bytes)
{
    Entry entry;
    TRY(read_entry(canonical_bytes, entry));
    return entry;
}

std::string commit_to(std::span<const std::uint8_t> salt, std::string_view value)
{
    CHECK(salt.size() == 32, "a salt is 32 random bytes");
    return to_hex(hmac_sha256(salt, as_bytes(value)));
}

} // namespace reachable::audit
