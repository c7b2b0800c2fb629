#include "core/analysis/siting/filter.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace zonewright::analysis::siting {

struct Filter::Node {
    enum class Kind { And, Or, Not, Compare, In, Like, IsNull } kind = Kind::Compare;
    std::string comparison;           ///< of Compare: "=", "<>", "<" ...
    std::size_t field = 0;            ///< index into fields()
    std::vector<plan::Value> values;  ///< one for Compare and Like, several for In
    std::vector<std::shared_ptr<const Node>> parts;
};

namespace {

using Node = Filter::Node;
using NodePtr = std::shared_ptr<const Node>;

constexpr int kDeepest = 64;

enum class TokenKind { Name, Number, Text, Symbol, End };

struct Token {
    TokenKind kind = TokenKind::End;
    std::string text;
    std::size_t at = 0;  ///< byte position
};

/// Bad input ends parsing here; the one exception, caught in `parse`.
struct Refusal {
    std::size_t at;
    std::string reason;
};

bool isNameByte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & 0x80) != 0; }

Token quotedText(std::string_view text, std::size_t& at) {
    Token token{TokenKind::Text, {}, at++};
    for (;; ++at) {
        if (at >= text.size()) throw Refusal{token.at, "the text is not closed with '"};
        if (text[at] != '\'') {
            token.text += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == '\'') {
            token.text += text[at++];
        } else {
            ++at;
            return token;
        }
    }
}

std::vector<Token> tokens(std::string_view text) {
    std::vector<Token> out;
    std::size_t at = 0;
    while (at < text.size()) {
        const char c = text[at];
        const char next = at + 1 < text.size() ? text[at + 1] : '\0';
        if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            ++at;
        } else if (c == '\'') {
            out.push_back(quotedText(text, at));
        } else if (std::isdigit(static_cast<unsigned char>(c)) != 0 || ((c == '-' || c == '+') && std::isdigit(static_cast<unsigned char>(next)) != 0)) {
            const std::size_t start = at++;
            while (at < text.size() && (isNameByte(text[at]) || text[at] == '.')) ++at;
            out.push_back({TokenKind::Number, std::string(text.substr(start, at - start)), start});
        } else if (isNameByte(c)) {
            const std::size_t start = at;
            while (at < text.size() && isNameByte(text[at])) ++at;
            out.push_back({TokenKind::Name, std::string(text.substr(start, at - start)), start});
        } else {
            const std::string two{c, next};
            const bool isTwo = two == "<=" || two == ">=" || two == "<>" || two == "!=";
            if (!isTwo && std::string_view("=<>(),").find(c) == std::string_view::npos) throw Refusal{at, fmt::format("'{}' has no meaning here", c)};
            out.push_back({TokenKind::Symbol, isTwo ? two : std::string(1, c), at});
            at += isTwo ? 2 : 1;
        }
    }
    out.push_back({TokenKind::End, "", text.size()});
    return out;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// or < and < not < comparison, by recursive descent.
class Parser {
public:
    explicit Parser(std::string_view text) : mTokens(tokens(text)) {}

    std::vector<std::string> fields;

    NodePtr whole() {
        NodePtr root = either();
        if (peek().kind != TokenKind::End) throw Refusal{peek().at, fmt::format("\"{}\" is not expected here; and, or?", peek().text)};
        return root;
    }

private:
    const Token& peek() const { return mTokens[mNext]; }
    bool isWord(std::string_view word) const { return peek().kind == TokenKind::Name && lower(peek().text) == word; }
    bool isSymbol(std::string_view symbol) const { return peek().kind == TokenKind::Symbol && peek().text == symbol; }
    bool takeWord(std::string_view word) {
        if (!isWord(word)) return false;
        ++mNext;
        return true;
    }
    bool takeSymbol(std::string_view symbol) {
        if (!isSymbol(symbol)) return false;
        ++mNext;
        return true;
    }
    void expectSymbol(std::string_view symbol) {
        if (!takeSymbol(symbol)) throw Refusal{peek().at, fmt::format("'{}' is expected here", symbol)};
    }

    NodePtr chain(Node::Kind kind, std::string_view word, NodePtr (Parser::*part)()) {
        std::vector<NodePtr> parts{(this->*part)()};
        while (takeWord(word)) parts.push_back((this->*part)());
        if (parts.size() == 1) return parts.front();
        auto node = std::make_shared<Node>();
        node->kind = kind;
        node->parts = std::move(parts);
        return node;
    }
    NodePtr either() { return chain(Node::Kind::Or, "or", &Parser::all); }
    NodePtr all() { return chain(Node::Kind::And, "and", &Parser::one); }

    NodePtr one() {
        if (++mDepth > kDeepest) throw Refusal{peek().at, "nested too deeply"};
        NodePtr node;
        if (takeWord("not")) {
            node = negated(one());
        } else if (takeSymbol("(")) {
            node = either();
            expectSymbol(")");
        } else {
            node = comparison();
        }
        --mDepth;
        return node;
    }

    static NodePtr negated(NodePtr part) {
        auto node = std::make_shared<Node>();
        node->kind = Node::Kind::Not;
        node->parts.push_back(std::move(part));
        return node;
    }

    plan::Value literal() {
        const Token token = peek();
        if (token.kind == TokenKind::Text) {
            ++mNext;
            return token.text;
        }
        double number = 0;
        const char* begin = token.text.data() + (!token.text.empty() && token.text[0] == '+' ? 1 : 0);
        const char* end = token.text.data() + token.text.size();
        if (token.kind != TokenKind::Number) throw Refusal{token.at, "a number or a text in single quotes is expected here"};
        if (const auto [last, fault] = std::from_chars(begin, end, number); fault != std::errc() || last != end) {
            throw Refusal{token.at, fmt::format("\"{}\" is no number", token.text)};
        }
        ++mNext;
        return number;
    }

    std::size_t field() {
        static constexpr std::array<std::string_view, 7> kWords{"and", "or", "not", "in", "like", "is", "null"};
        if (peek().kind != TokenKind::Name || std::find(kWords.begin(), kWords.end(), lower(peek().text)) != kWords.end()) {
            throw Refusal{peek().at, "a field name is expected here"};
        }
        const std::string name = mTokens[mNext++].text;
        const auto known = std::find(fields.begin(), fields.end(), name);
        if (known != fields.end()) return static_cast<std::size_t>(known - fields.begin());
        fields.push_back(name);
        return fields.size() - 1;
    }

    NodePtr comparison() {
        auto node = std::make_shared<Node>();
        node->field = field();
        if (takeWord("is")) {
            const bool isNot = takeWord("not");
            if (!takeWord("null")) throw Refusal{peek().at, "null is expected here"};
            node->kind = Node::Kind::IsNull;
            return isNot ? negated(node) : node;
        }
        const bool isNot = takeWord("not");
        if (takeWord("in")) {
            node->kind = Node::Kind::In;
            expectSymbol("(");
            do node->values.push_back(literal());
            while (takeSymbol(","));
            expectSymbol(")");
            return isNot ? negated(node) : node;
        }
        if (takeWord("like")) {
            node->kind = Node::Kind::Like;
            if (peek().kind != TokenKind::Text) throw Refusal{peek().at, "a text in single quotes is expected here"};
            node->values.push_back(literal());
            return isNot ? negated(node) : node;
        }
        static constexpr std::array<std::string_view, 7> kComparisons{"=", "<>", "!=", "<", "<=", ">", ">="};
        if (isNot || peek().kind != TokenKind::Symbol || std::find(kComparisons.begin(), kComparisons.end(), peek().text) == kComparisons.end()) {
            throw Refusal{peek().at, isNot ? "in or like is expected here" : "a comparison (=, <>, <, <=, >, >=, in, like, is) is expected here"};
        }
        node->comparison = mTokens[mNext++].text;
        node->values.push_back(literal());
        return node;
    }

    std::vector<Token> mTokens;
    std::size_t mNext = 0;
    int mDepth = 0;
};

bool isNull(const plan::Value& value) {
    if (std::holds_alternative<std::monostate>(value)) return true;
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr && text->empty();
}

/// -1, 0, 1, or nothing when the two cannot be compared.
std::optional<int> compared(const plan::Value& value, const plan::Value& literal) {
    if (isNull(value)) return std::nullopt;
    if (const auto* text = std::get_if<std::string>(&literal)) {
        const int order = plan::asText(value).compare(*text);
        return (order > 0) - (order < 0);
    }
    const std::optional<double> number = plan::asNumber(value);
    const double wanted = std::get<double>(literal);
    if (!number) return std::nullopt;
    return (*number > wanted) - (*number < wanted);
}

std::size_t characterLength(std::string_view text, std::size_t at) {
    std::size_t length = 1;
    while (at + length < text.size() && (text[at + length] & 0xC0) == 0x80) ++length;
    return length;
}

/// '%' stands for any text, '_' for one character; linear but for retries from the last '%'.
bool like(std::string_view text, std::string_view pattern) {
    std::size_t t = 0, p = 0, afterPercent = std::string_view::npos, retry = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '%') {
            afterPercent = ++p;
            retry = t;
        } else if (p < pattern.size() && pattern[p] == '_') {
            ++p;
            t += characterLength(text, t);
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (afterPercent != std::string_view::npos) {
            p = afterPercent;
            t = ++retry;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '%') ++p;
    return p == pattern.size();
}

bool holds(const Node& node, std::span<const plan::Value> values) {
    const auto part = [&](const NodePtr& p) { return holds(*p, values); };
    switch (node.kind) {
        case Node::Kind::And: return std::all_of(node.parts.begin(), node.parts.end(), part);
        case Node::Kind::Or: return std::any_of(node.parts.begin(), node.parts.end(), part);
        case Node::Kind::Not: return !part(node.parts.front());
        case Node::Kind::IsNull: return isNull(values[node.field]);
        case Node::Kind::Like: return !isNull(values[node.field]) && like(plan::asText(values[node.field]), std::get<std::string>(node.values.front()));
        case Node::Kind::In:
            return std::any_of(node.values.begin(), node.values.end(),
                               [&](const plan::Value& v) { return compared(values[node.field], v) == 0; });
        case Node::Kind::Compare: break;
    }
    const std::optional<int> order = compared(values[node.field], node.values.front());
    if (!order) return false;
    const std::string& op = node.comparison;
    if (op == "=") return *order == 0;
    if (op == "<") return *order < 0;
    if (op == "<=") return *order <= 0;
    if (op == ">") return *order > 0;
    if (op == ">=") return *order >= 0;
    return *order != 0;
}

}  // namespace

Result<Filter> Filter::parse(std::string_view text) {
    Filter filter;
    filter.mText = text;
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return filter;
    try {
        Parser parser(text);
        filter.mRoot = parser.whole();
        filter.mFields = std::move(parser.fields);
    } catch (const Refusal& refusal) {
        std::size_t column = 1;
        for (std::size_t i = 0; i < refusal.at && i < text.size(); ++i) column += (text[i] & 0xC0) != 0x80 ? 1 : 0;
        return failure(ErrorCode::BadRule, refusal.reason, std::to_string(column));
    }
    return filter;
}

bool Filter::passes(std::span<const plan::Value> values) const { return !mRoot || holds(*mRoot, values); }

}  // namespace zonewright::analysis::siting
