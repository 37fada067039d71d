using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>What one rule found, and what it counts.</summary>
/// <param name="Score">How much it counts.</param>
/// <param name="Then">What it leads to by itself.</param>
/// <param name="Reason">The code, one of <see cref="TrafficReasons"/>, and the values that explain it.</param>
public readonly record struct TrafficSignal(int Score, TrafficAction Then, Reason Reason) : ITerms
{
    /// <summary>The code of the rule.</summary>
    public string Code => Reason?.Code ?? string.Empty;

    /// <summary>Reads a signal.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficSignal Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Int("score", 0), terms.Enum("then", TrafficAction.Accept), terms.Object("reason", Reason.Read));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("score", Score == 0 ? null : Score);
        terms.Enum("then", Then, TrafficAction.Accept);
        terms.Terms("reason", Reason);
    }
}
