#include "web/request_parser.h"

#include "base/text.h"

#include <boost/beast/http/basic_parser.hpp>

#include <optional>

namespace reachable::web {
namespace {

namespace http = boost::beast::http;
using boost::beast::string_view;
using boost::system::error_code;

/// Chunked bodies reach Beast at least this many bytes at a time: "0\r\n\r\n" is the least that can follow, and Beast
/// asserts that it sees that much when it looks at a last chunk for the second time.
constexpr std::size_t least_chunk_bytes = 5;
/// A size line of a chunk that is longer than this is not a number.
constexpr std::size_t longest_chunk_line_bytes = 64;

/// Collects what Beast finds. Refuses trailers and chunk extensions, which nothing here needs and which could bring
/// headers in behind the gate.
class Collector final : public http::basic_parser<true> {
  public:
    explicit Collector(ParserLimits limits) : body_limit_bytes_(limits.body_bytes)
    {
        header_limit(static_cast<std::uint32_t>(limits.head_bytes + 1));
        body_limit(boost::none);
    }

    Head head;
    std::string body;
    bool is_too_large = false;

  private:
    void on_request_impl(http::verb, string_view method, string_view target, int version, error_code&) override
    {
        head.method = std::string(method);
        head.target = std::string(target);
        head.version = version;
    }
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_field_impl(http::field, string_view name, string_view value, error_code& error) override
    {
        if (is_head_done_) {
            error = http::error::bad_field;
            return;
        }
        head.headers.add(to_lower_ascii(std::string_view(name.data(), name.size())), std::string(value));
    }
    void on_header_impl(error_code&) override { is_head_done_ = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override
    {
        // A client that only claims a large body must not make us set the room aside.
        constexpr std::uint64_t most_at_once = 16 * 1024;
        if (length) body.reserve(static_cast<std::size_t>(std::min(*length, most_at_once)));
    }
    std::size_t on_body_impl(string_view part, error_code& error) override { return add(part, error); }
    void on_chunk_header_impl(std::uint64_t size, string_view extensions, error_code& error) override
    {
        if (!extensions.empty()) error = http::error::bad_chunk_extension;
        if (size > body_limit_bytes_) refuse_size(error);
    }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view part, error_code& error) override
    {
        return add(part, error);
    }
    void on_finish_impl(error_code&) override {}

    std::size_t add(string_view part, error_code& error)
    {
        if (part.size() > body_limit_bytes_ - body.size()) {
            refuse_size(error);
            return 0;
        }
        body.append(part.data(), part.size());
        return part.size();
    }
    void refuse_size(error_code& error)
    {
        is_too_large = true;
        error = http::error::body_limit;
    }

    std::size_t body_limit_bytes_;
    bool is_head_done_ = false;
};

std::string_view sentence_for(const error_code& error)
{
    if (error == http::error::bad_method) return "The request does not start with a method.";
    if (error == http::error::bad_target) return "The address of the request cannot be read.";
    if (error == http::error::bad_version) return "The request is not HTTP/1.1.";
    if (error == http::error::bad_field) return "The name of a header cannot be read, or a header follows the body.";
    if (error == http::error::bad_value) return "The value of a header cannot be read.";
    if (error == http::error::bad_content_length || error == http::error::multiple_content_length)
        return "The Content-Length of the request cannot be relied on.";
    if (error == http::error::bad_transfer_encoding) return "The Transfer-Encoding of the request cannot be relied on.";
    if (error == http::error::bad_chunk || error == http::error::bad_chunk_extension)
        return "The pieces of the body cannot be read.";
    return "The request cannot be read.";
}

} // namespace

struct RequestParser::Inside {
    ParserLimits limits;
    State state = State::waiting;
    HeadScanner scanner;
    std::optional<Collector> collector;
    Admitted admitted;
    Refusal refusal;

    explicit Inside(ParserLimits its_limits) : limits(its_limits), scanner(its_limits.head_bytes) {}

    void turn_away(Refusal why)
    {
        refusal = std::move(why);
        state = State::refused;
    }

    std::size_t take_head(std::string_view bytes)
    {
        const auto length = scanner.scan(bytes);
        if (!length) {
            turn_away(length.error());
            return 0;
        }
        if (*length == 0) return 0;
        collector.emplace(limits);
        error_code error;
        const auto used = collector->put({bytes.data(), *length}, error);
        if (error || used != *length || !collector->is_header_done()) {
            turn_away({400, std::string(sentence_for(error))});
            return 0;
        }
        pass_the_gate();
        return *length;
    }

    void pass_the_gate()
    {
        auto passed = admit(collector->head, limits.body_bytes);
        if (!passed) return turn_away(passed.error());
        admitted = std::move(*passed);
        state = collector->is_done() ? State::whole : State::in_body;
        // Beast and the gate must agree on how the body is framed; if they ever do not, nobody should guess.
        const bool has_body = admitted.is_chunked || admitted.body_bytes > 0;
        if (has_body == collector->is_done() || collector->chunked() != admitted.is_chunked)
            turn_away({400, "The length of the request cannot be relied on."});
        collector->eager(true);
    }

    std::size_t take_body(std::string_view bytes)
    {
        if (bytes.size() < (admitted.is_chunked ? least_chunk_bytes : 1)) return 0;
        error_code error;
        const auto used = collector->put({bytes.data(), bytes.size()}, error);
        if (collector->is_too_large) {
            turn_away({413, "What was sent is too large for this service."});
        } else if (error && error != http::error::need_more) {
            turn_away({400, std::string(sentence_for(error))});
        } else if (collector->is_done()) {
            state = State::whole;
        } else if (error == http::error::need_more && bytes.size() - used > longest_chunk_line_bytes) {
            turn_away({400, "The pieces of the body cannot be read."});
        }
        return used;
    }
};

RequestParser::RequestParser(ParserLimits limits) : inside_(std::make_unique<Inside>(limits)) {}
RequestParser::~RequestParser() = default;

void RequestParser::start()
{
    inside_->state = State::waiting;
    inside_->scanner = HeadScanner(inside_->limits.head_bytes);
    inside_->collector.reset();
    inside_->refusal = {};
}

std::size_t RequestParser::take(std::string_view bytes)
{
    auto& inside = *inside_;
    std::size_t used = 0;
    if (inside.state == State::waiting && !bytes.empty()) inside.state = State::in_head;
    if (inside.state == State::in_head) used = inside.take_head(bytes);
    if (inside.state == State::in_body) used += inside.take_body(bytes.substr(used));
    return used;
}

RequestParser::State RequestParser::state() const
{
    return inside_->state;
}
const Refusal& RequestParser::refusal() const
{
    return inside_->refusal;
}
bool RequestParser::keeps_alive() const
{
    return inside_->admitted.keeps_alive;
}

bool RequestParser::expects_continue() const
{
    return inside_->state == State::in_body && inside_->admitted.expects_continue;
}

Request RequestParser::take_request()
{
    CHECK(inside_->state == State::whole, "There is no whole request to take");
    auto& collector = *inside_->collector;
    auto& admitted = inside_->admitted;
    Request request;
    request.method = admitted.method;
    request.path = std::move(admitted.path);
    request.query = std::move(admitted.query);
    request.cookies = std::move(admitted.cookies);
    request.headers = std::move(collector.head.headers);
    request.body = std::move(collector.body);
    return request;
}

} // namespace reachable::web
