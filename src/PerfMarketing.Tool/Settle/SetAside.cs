using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Settle;

/// <summary>An event that could be read and moved nothing.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Id">The id of the event.</param>
/// <param name="Reason">Why, for a person.</param>
/// <param name="Content">What it says; null for evidence.</param>
internal sealed record SetAside(string Code, string Id, string Reason, ITerms? Content) : ITerms
{
    /// <summary>What came in about an outcome that the log does not have.</summary>
    /// <param name="known">The outcome, of which there is nothing else.</param>
    public static ValueList<SetAside> About(OutcomeState known)
    {
        ArgumentNullException.ThrowIfNull(known);
        string because = Primitives.Reason.Of(SettleCodes.OutcomeUnknown, ("outcome", known.Id)).ToString();
        return
        [
            .. known.Earnings.Select(e => new SetAside(
                SettleCodes.OutcomeUnknown, e.Earning.Id.ToString(), because, e.Earning)),
            .. known.Verdicts.Select(v => new SetAside(
                SettleCodes.OutcomeUnknown, v.ReplayKey?.ToString() ?? v.Kind.ToString(), because, null)),
            .. known.Corrections.Select(c => new SetAside(SettleCodes.OutcomeUnknown, c.Id.ToString(), because, c)),
        ];
    }

    /// <summary>The event as a row of the file of rejected lines: its place in the log is not known any more.</summary>
    public RejectedLine ToLine() => new(0, 0, Code, Reason, Raw());

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("code", Code);
        terms.Value("id", Id);
        terms.Value("reason", Reason);
    }

    private string Raw()
    {
        string text = Content is null ? Id : TermJson.Write(Content);
        return text.Length > RejectedLine.RawLengthMax ? text[..RejectedLine.RawLengthMax] + "…" : text;
    }
}
