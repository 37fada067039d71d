using System.Buffers;
using System.Text;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Postbacks;

/// <summary>
/// The address that a partner is told at, with macros in its query: <c>…?id={outcome}&amp;sum={payout}</c>.
/// </summary>
/// <remarks>
/// <para>
/// Macros: campaign, contract, clause, partner, outcome, kind, state, at, entry, payout, net, currency, reason, touch
/// and subid1 to subid10. A macro without a value is empty. Values are escaped by RFC 3986: everything but letters,
/// digits and <c>- . _ ~</c> is percent-encoded UTF-8, so that no value adds a parameter or a line.
/// </para>
/// <para>
/// Macros stand in the query alone: host and path are the partner's, not the customer's. There is no fragment and no
/// user name.
/// </para>
/// </remarks>
public sealed record PostbackTemplate
{
    /// <summary>The most characters of a template.</summary>
    public const int LengthMax = 2_000;

    // What RFC 3986 allows in an address, and the braces of macros; no fragment.
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?[]@!$&'()*+,;=%{}");

    // Literal text and the names of macros, in turn.
    private readonly ValueList<string> pieces;

    private PostbackTemplate(string text)
    {
        Text = text;
        pieces = [.. text.Split('{', '}')];
    }

    /// <summary>The template's text.</summary>
    public string Text { get; }

    /// <summary>Makes a template.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is no template; <see cref="Check"/> says why.</exception>
    public static PostbackTemplate Parse(string text)
    {
        ValueList<Reason> reasons = Check(text);
        return reasons.Count == 0 ? new(text) : throw new FormatException(string.Join(", ", reasons));
    }

    /// <summary>Everything that is wrong with a text as a template; empty when nothing is.</summary>
    /// <param name="text">The text.</param>
    public static ValueList<Reason> Check(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LengthMax)
        {
            return [Reason.Of(PostbackReasons.TooLong, ("max", LengthMax))];
        }

        List<Reason> reasons = [];
        if (!IsAddress(text))
        {
            reasons.Add(new(PostbackReasons.AddressInvalid));
        }

        int query = text.IndexOf('?', StringComparison.Ordinal);
        int at = 0;
        while (text.AsSpan(at).IndexOfAny('{', '}') is >= 0 and var next)
        {
            int open = at + next;
            int length = text[open] == '{' ? text.AsSpan(open + 1).IndexOfAny('{', '}') : -1;
            if (length < 0 || text[open + 1 + length] != '}')
            {
                reasons.Add(new(PostbackReasons.MacroOpen));
                break;
            }

            string macro = text.Substring(open + 1, length);
            if (!PostbackMacros.Exists(macro))
            {
                reasons.Add(Reason.Of(PostbackReasons.MacroUnknown, ("macro", macro)));
            }
            else if (query < 0 || open < query)
            {
                reasons.Add(Reason.Of(PostbackReasons.MacroMisplaced, ("macro", macro)));
            }

            at = open + length + 2;
        }

        return [.. reasons];
    }

    /// <summary>The address to call.</summary>
    /// <param name="facts">What the partner may know.</param>
    public string Render(PostbackFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        StringBuilder address = new(Text.Length + 64);
        for (int i = 0; i < pieces.Count; i++)
        {
            address.Append(i % 2 == 0 ? pieces[i] : Uri.EscapeDataString(PostbackMacros.ValueOf(pieces[i], facts)));
        }

        return address.ToString();
    }

    /// <summary>The template's text.</summary>
    public override string ToString() => Text;

    private static bool IsAddress(string text) =>
        (text.StartsWith("https://", StringComparison.Ordinal) || text.StartsWith("http://", StringComparison.Ordinal))
        && text.AsSpan().IndexOfAnyExcept(Allowed) < 0
        && Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && address is { UserInfo.Length: 0, Host.Length: > 0, Fragment.Length: 0 };
}
