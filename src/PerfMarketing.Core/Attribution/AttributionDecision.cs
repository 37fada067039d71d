using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>Who gets the credit for one outcome, touch by touch.</summary>
/// <param name="Credits">
/// One credit for each partner that got any, in the order of its first credited touch; empty when nobody gets credit.
/// </param>
/// <param name="Touches">
/// The credited touches from the oldest to the newest; with <see cref="ExplainLevel.Full"/> all touches, each that got
/// nothing with its reason.
/// </param>
/// <param name="Reason">Why nobody gets credit; null when somebody does.</param>
public sealed record AttributionDecision(
    ValueList<Credit> Credits, ValueList<TouchCredit> Touches, Reason? Reason = null) : ITerms
{
    /// <summary>Whether somebody gets credit.</summary>
    public bool IsCredited => Credits.Count > 0;

    /// <summary>The weights of all credits together; 0 when nobody gets credit.</summary>
    public long Total => IsCredited ? Credits[0].Total : 0;

    /// <summary>Reads a decision.</summary>
    /// <param name="terms">The terms.</param>
    public static AttributionDecision Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.List("credits", Credit.Read),
            terms.List("touches", TouchCredit.Read),
            terms.OptionalObject("reason", Reason.Read));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("credits", Credits);
        terms.List("touches", Touches);
        terms.Terms("reason", Reason);
    }
}
