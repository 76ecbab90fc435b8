#include "api/json.h"

#include "base/text.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>
#include <fmt/format.h>

namespace reachable::api {
namespace {

// ---- Reading ----

/// Builds a Json from the events of the parser, and keeps the problem when it refuses one.
class Builder {
  public:
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);

    using Error = boost::json::error_code;
    using Text = boost::json::string_view;

    bool on_document_begin(Error&) { return true; }
    bool on_document_end(Error&) { return true; }
    bool on_array_begin(Error&) { return begin(Json::list()); }
    bool on_object_begin(Error&) { return begin(Json::object()); }
    bool on_array_end(std::size_t, Error&) { return end(); }
    bool on_object_end(std::size_t, Error& error)
    {
        return names_differ(*open_.back().value.members(), error) && end();
    }
    bool on_string_part(Text part, std::size_t, Error&) { return gather(part); }
    bool on_string(Text part, std::size_t, Error& error)
    {
        gather(part);
        return is_clean(error) && put(take());
    }
    bool on_key_part(Text part, std::size_t, Error&) { return gather(part); }
    bool on_key(Text part, std::size_t, Error& error)
    {
        gather(part);
        if (!is_clean(error)) return false;
        open_.back().name = take();
        return true;
    }
    bool on_number_part(Text part, Error&) { return gather(part); }
    // The parser's own numbers may be off in the last place, so each number is read again from its text.
    bool on_int64(std::int64_t, Text part, Error& error) { return number(part, error); }
    bool on_uint64(std::uint64_t, Text part, Error& error) { return number(part, error); }
    bool on_double(double, Text part, Error& error) { return number(part, error); }
    bool on_bool(bool value, Error&) { return put(value); }
    bool on_null(Error&) { return put(nullptr); }
    bool on_comment_part(Text, Error& error) { return fail(error, {}); }
    bool on_comment(Text, Error& error) { return fail(error, {}); }

    const Problem& problem() const { return problem_; }
    Json take_value() { return std::move(value_); }

  private:
    struct Open {
        Json value;
        std::string name = {}; // of the member that is read next
    };

    bool begin(Json container)
    {
        open_.push_back({std::move(container)});
        return true;
    }

    bool end()
    {
        auto finished = std::move(open_.back().value);
        open_.pop_back();
        return put(std::move(finished));
    }

    bool put(Json value)
    {
        if (open_.empty()) {
            value_ = std::move(value);
        } else if (auto* items = open_.back().value.items()) {
            items->push_back(std::move(value));
        } else {
            open_.back().value.members()->emplace_back(std::move(open_.back().name), std::move(value));
        }
        return true;
    }

    bool gather(Text part)
    {
        text_.append(part.data(), part.size());
        return true;
    }

    std::string take() { return std::exchange(text_, {}); }

    bool number(Text part, Error& error)
    {
        gather(part);
        const auto text = take();
        if (text.find_first_of(".eE") != std::string::npos) return read_number<double>(text, error);
        return read_number<std::int64_t>(text, error);
    }

    template <class Number>
    bool read_number(const std::string& text, Error& error)
    {
        Number value{};
        const auto* end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, value);
        if (read.ec == std::errc{} && read.ptr == end) return put(value);
        return fail(error, "Use numbers that a computer can hold exactly or nearly: this one is out of range");
    }

    bool is_clean(Error& error)
    {
        return is_clean_utf8(text_) || fail(error, "Use texts without control characters, in UTF-8");
    }

    bool names_differ(const Json::Members& members, Error& error)
    {
        std::vector<std::string_view> names;
        names.reserve(members.size());
        for (const auto& [name, value] : members) names.push_back(name);
        std::sort(names.begin(), names.end());
        const auto twice = std::adjacent_find(names.begin(), names.end());
        return twice == names.end() || fail(error, "Name each member of a JSON object once");
    }

    bool fail(Error& error, std::string sentence)
    {
        problem_.sentence = std::move(sentence);
        error = boost::json::error::syntax;
        return false;
    }

    std::vector<Open> open_;
    std::string text_; // the name, text or number that is being read
    Json value_;
    Problem problem_;
};

/// The sentence for a text that the parser gave up on; `at` is the number of bytes it took.
Problem explain(const boost::json::error_code& error, const Problem& found, std::size_t at, const JsonLimits& limits)
{
    if (error == boost::json::error::too_deep)
        return {ProblemKind::too_large, fmt::format("Nest JSON at most {} levels deep", limits.depth)};
    const auto sentence = found.sentence.empty() ? "Send JSON: this text is not JSON" : found.sentence.c_str();
    return {ProblemKind::malformed, fmt::format("{} (near byte {})", sentence, at)};
}

// ---- Writing ----

void write_escaped(std::string& out, char c)
{
    switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
    }
}

bool needs_escape(char c)
{
    return static_cast<std::uint8_t>(c) < 0x20U || c == '"' || c == '\\';
}

/// The length that the first byte of a UTF-8 sequence announces.
std::size_t announced_length(char first)
{
    const auto byte = static_cast<std::uint8_t>(first);
    return byte >= 0xF0U ? 4 : byte >= 0xE0U ? 3 : 2;
}

/// Bytes that are not UTF-8 become the replacement character, so that what is written can always be read.
void write_text(std::string& out, std::string_view text)
{
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (static_cast<std::uint8_t>(c) < 0x80U) {
            needs_escape(c) ? write_escaped(out, c) : out.push_back(c);
            ++i;
            continue;
        }
        const auto sequence = text.substr(i, announced_length(c));
        const bool is_good = is_clean_utf8(sequence);
        out += is_good ? sequence : "\xEF\xBF\xBD";
        i += is_good ? sequence.size() : 1;
    }
    out += '"';
}

/// The shortest form that reads back as the same number; a point or exponent says that it is no whole-number kind.
void write_number(std::string& out, double value)
{
    CHECK(value - value == 0.0, "a number that is not finite was written as JSON");
    char buffer[32];
    const auto end = std::to_chars(std::begin(buffer), std::end(buffer), value).ptr;
    const std::string_view digits(buffer, static_cast<std::size_t>(end - buffer));
    out += digits;
    if (digits.find_first_of(".e") == std::string_view::npos) out += ".0";
}

class Writer {
  public:
    explicit Writer(std::size_t indent) : indent_(indent) {}

    void write(const Json& json)
    {
        if (json.is_null()) {
            out_ += "null";
        } else if (const auto* boolean = json.boolean()) {
            out_ += *boolean ? "true" : "false";
        } else if (const auto* integer = json.integer()) {
            out_ += std::to_string(*integer);
        } else if (const auto* number = json.number()) {
            write_number(out_, *number);
        } else if (const auto* text = json.text()) {
            write_text(out_, *text);
        } else if (const auto* items = json.items()) {
            write_all('[', ']', *items, [this](const Json& item) { write(item); });
        } else {
            write_all('{', '}', *json.members(), [this](const Json::Member& member) { write_member(member); });
        }
    }

    std::string take() { return std::move(out_); }

  private:
    void write_member(const Json::Member& member)
    {
        write_text(out_, member.first);
        out_ += indent_ == 0 ? ":" : ": ";
        write(member.second);
    }

    template <class List, class WriteOne>
    void write_all(char opening, char closing, const List& list, WriteOne write_one)
    {
        out_ += opening;
        ++depth_;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (i > 0) out_ += ',';
            new_line();
            write_one(list[i]);
        }
        --depth_;
        if (!list.empty()) new_line();
        out_ += closing;
    }

    void new_line()
    {
        if (indent_ == 0) return;
        out_ += '\n';
        out_.append(indent_ * depth_, ' ');
    }

    std::string out_;
    std::size_t indent_;
    std::size_t depth_ = 0;
};

std::string written(const Json& json, std::size_t indent)
{
    Writer writer(indent);
    writer.write(json);
    return writer.take();
}

} // namespace

Result<Json> parse_json(std::string_view text, const JsonLimits& limits)
{
    if (text.size() > limits.bytes)
        return refuse(ProblemKind::too_large, fmt::format("Send at most {} bytes of JSON", limits.bytes));
    boost::json::parse_options options;
    options.max_depth = limits.depth;
    boost::json::basic_parser<Builder> parser(options);
    boost::json::error_code error;
    const auto taken = parser.write_some(false, text.data(), text.size(), error);
    if (!error && taken < text.size()) error = boost::json::error::extra_data;
    if (error) return refuse(Problems{explain(error, parser.handler().problem(), taken, limits)});
    return parser.handler().take_value();
}

std::string write_json(const Json& json)
{
    return written(json, 0);
}

std::string write_json_for_people(const Json& json)
{
    return written(json, 2) + '\n';
}

} // namespace reachable::api
