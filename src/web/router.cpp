#include "web/router.h"

#include "base/text.h"
#include "web/response_writer.h"

#include <algorithm>

namespace reachable::web {
namespace {

/// "/custody/{id}" has the pieces "custody" and "{id}"; "/" has none.
std::vector<std::string_view> pieces_of(std::string_view path)
{
    if (path == "/") return {};
    return split(path.substr(1), '/');
}

bool is_named(std::string_view piece)
{
    return piece.size() > 2 && piece.front() == '{' && piece.back() == '}';
}

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path)
{
    return std::equal(pattern.begin(), pattern.end(), path.begin(), path.end(),
                      [](const std::string& wanted, std::string_view piece) {
                          return is_named(wanted) ? !piece.empty() : wanted == piece;
                      });
}

/// Whether two patterns answer exactly the same paths.
bool has_same_shape(const std::vector<std::string>& a, const std::vector<std::string>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const std::string& left, const std::string& right) {
        return left == right || (is_named(left) && is_named(right));
    });
}

/// Of two patterns that match the same path: at the first piece where they differ in kind, the literal one wins.
bool is_more_literal(const std::vector<std::string>& a, const std::vector<std::string>& b)
{
    for (std::size_t i = 0; i < a.size(); ++i)
        if (is_named(a[i]) != is_named(b[i])) return is_named(b[i]);
    return false;
}

void check_pattern(const std::string& pattern, const std::vector<std::string>& pieces)
{
    CHECK(pattern.starts_with('/'), "A route starts with a slash: " + pattern);
    std::vector<std::string_view> names;
    for (const auto& piece : pieces) {
        CHECK(!piece.empty(), "A route has no empty piece: " + pattern);
        const bool has_brace = piece.find_first_of("{}") != std::string::npos;
        CHECK(!has_brace || is_named(piece), "A named piece of a route stands alone between slashes: " + pattern);
        if (!is_named(piece)) continue;
        CHECK(std::find(names.begin(), names.end(), piece) == names.end(), "A route names a piece twice: " + pattern);
        names.push_back(piece);
    }
}

Response wrong_method(const std::vector<Method>& allowed)
{
    std::vector<std::string> names;
    for (const auto method : allowed) {
        names.emplace_back(name_of(method));
        if (method == Method::get) names.emplace_back(name_of(Method::head));
    }
    auto response = plain_answer(405, "This address does not take that kind of request.");
    response.set("Allow", join(names, ", "));
    return response;
}

} // namespace

void Router::add(Method method, std::string pattern, Handler handler)
{
    CHECK(method != Method::head, "HEAD is answered by the route for GET");
    CHECK(pattern.starts_with('/'), "A route starts with a slash: " + pattern);
    std::vector<std::string> pieces;
    for (const auto piece : pieces_of(pattern)) pieces.emplace_back(piece);
    check_pattern(pattern, pieces);
    for (const auto& entry : entries_)
        CHECK(entry.route.method != method || !has_same_shape(entry.pieces, pieces),
              "Two routes answer the same requests: " + pattern);
    entries_.push_back({{method, std::move(pattern), std::move(handler)}, std::move(pieces)});
}

Response Router::handle(Request request) const
{
    CHECK(request.path.starts_with('/'), "A path starts with a slash");
    const auto pieces = pieces_of(request.path);
    const auto method = request.method == Method::head ? Method::get : request.method;
    const Entry* best = nullptr;
    std::vector<Method> allowed;
    for (const auto& entry : entries_) {
        if (!matches(entry.pieces, pieces)) continue;
        if (std::find(allowed.begin(), allowed.end(), entry.route.method) == allowed.end())
            allowed.push_back(entry.route.method);
        if (entry.route.method != method) continue;
        if (best == nullptr || is_more_literal(entry.pieces, best->pieces)) best = &entry;
    }
    if (best != nullptr) {
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const std::string_view wanted = best->pieces[i];
            if (is_named(wanted)) request.path_values.emplace(wanted.substr(1, wanted.size() - 2), pieces[i]);
        }
        return best->route.handler(request);
    }
    if (!allowed.empty()) return wrong_method(allowed);
    if (not_found_) return not_found_(request);
    return plain_answer(404, "There is nothing at this address.");
}

std::vector<std::pair<Method, std::string>> Router::list() const
{
    std::vector<std::pair<Method, std::string>> all;
    for (const auto& entry : entries_) all.emplace_back(entry.route.method, entry.route.pattern);
    return all;
}

} // namespace reachable::web
