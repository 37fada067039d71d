using NodaTime;
using NodaTime.Text;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>Instants, dates and times as terms.</summary>
internal static class EventTerms
{
    internal static void Instant(this TermWriter terms, string name, Instant value) =>
        terms.Value(name, InstantPattern.ExtendedIso.Format(value));

    internal static void Clocks(this TermWriter terms, EventClocks clocks)
    {
        terms.Instant("at", clocks.At);
        if (clocks.RecordedAt != clocks.At)
        {
            terms.Instant("recordedAt", clocks.RecordedAt);
        }
    }

    internal static void Facts(this TermWriter terms, FactSet facts) =>
        terms.Terms("facts", facts.Count > 0 ? facts : null);

    internal static EventClocks Clocks(this TermReader terms)
    {
        Instant at = terms.Text("at", InstantPattern.ExtendedIso) ?? default;
        return new(at, terms.Has("recordedAt") ? terms.Text("recordedAt", InstantPattern.ExtendedIso) : null);
    }

    /// <summary>A required value that a pattern reads; null, with the failure noted, when it cannot.</summary>
    internal static T? Text<T>(this TermReader terms, string name, IPattern<T> pattern)
        where T : struct
    {
        bool isText = terms.Node(name) is null or { Kind: TermKind.Text };
        string text = terms.Text(name);
        if (isText && terms.Has(name))
        {
            ParseResult<T> result = pattern.Parse(text);
            if (result.Success)
            {
                return result.Value;
            }

            terms.Fail(name, TermCodes.Malformed, $"The text is not a valid {typeof(T).Name}.");
        }

        return null;
    }
}
