using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Claims;

/// <summary>
/// Where in evidence a claim is found: <c>body:/data/amount</c>, <c>form:amount</c>, <c>query:amount</c>,
/// <c>header:x-amount</c>, or <c>claim:amount</c> for what the scheme reads by itself.
/// </summary>
/// <remarks>
/// A body is JSON and its part a pointer of RFC 6901. Names are compared exactly, headers' in any case. At most
/// <see cref="LengthMax"/> characters; <c>default</c> is nowhere.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<ClaimSource>))]
public readonly record struct ClaimSource : IParsable<ClaimSource>
{
    /// <summary>The most characters.</summary>
    public const int LengthMax = 128;

    private readonly string? text;

    private ClaimSource(string text, ClaimPlace place)
    {
        this.text = text;
        Place = place;
    }

    /// <summary>The part of the evidence.</summary>
    public ClaimPlace Place { get; }

    /// <summary>The pointer or the name within that part.</summary>
    public string Name => text is null ? string.Empty : text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];

    // The same without a copy.
    internal ReadOnlySpan<char> Pointer => text.AsSpan()[((text?.IndexOf(':', StringComparison.Ordinal) ?? -1) + 1)..];

    /// <summary>Whether this is <c>default</c> and so nowhere.</summary>
    public bool IsUnset => text is null;

    /// <summary>A place from its text.</summary>
    /// <param name="text">The text, such as <c>body:/amount</c>.</param>
    /// <exception cref="FormatException">The text is no such place.</exception>
    public static implicit operator ClaimSource(string text) => Parse(text, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public static ClaimSource Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var found)
        ? found
        : throw new FormatException("A claim comes from body:/…, form:…, query:…, header:… or claim:….");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ClaimSource result)
    {
        result = default;
        if (s is null || s.Length is 0 or > LengthMax || s.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return false;
        }

        int colon = s.IndexOf(':', StringComparison.Ordinal);
        string name = s[(colon + 1)..];
        ClaimPlace? place = colon < 0 ? null : s[..colon] switch
        {
            "claim" => ClaimPlace.Claim,
            "body" => ClaimPlace.Body,
            "form" => ClaimPlace.Form,
            "query" => ClaimPlace.Query,
            "header" => ClaimPlace.Header,
            _ => null,
        };
        if (place is not { } known || name.Length == 0 || (known == ClaimPlace.Body && name[0] != '/'))
        {
            return false;
        }

        result = new(s, known);
        return true;
    }

    /// <summary>The text of a place in a query, whether or not it is short enough to be one.</summary>
    internal static string OfQuery(string name) => $"query:{name}";

    /// <summary>The place's text; empty for <c>default</c>.</summary>
    public override string ToString() => text ?? string.Empty;
}
