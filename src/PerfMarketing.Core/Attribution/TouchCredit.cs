using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>What one touch got, or why it got nothing.</summary>
/// <param name="Touch">The touchpoint; <c>default</c> when the log has no ids.</param>
/// <param name="At">When the touch happened.</param>
/// <param name="Partner">Who brought the touch; <c>default</c> when nobody earns by it.</param>
/// <param name="Weight">Its weight over the decision's total; 0 when it got nothing.</param>
/// <param name="Reason">
/// Why it got nothing, or why nobody gets its weight; null when the partner got the weight.
/// </param>
public readonly record struct TouchCredit(
    TouchpointId Touch, Instant At, PartnerId Partner, long Weight, Reason? Reason = null) : ITerms
{
    /// <summary>Why the outcome belongs to the partner, when this is a claim and no touch; null for a touch.</summary>
    public ClaimBasis? Claim { get; init; }

    /// <summary>Reads what one touch got.</summary>
    /// <param name="terms">The terms.</param>
    public static TouchCredit Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Value<TouchpointId>("touch", default),
            terms.Instant("at"),
            terms.Value<PartnerId>("partner", default),
            terms.Integer("weight"),
            terms.OptionalObject("reason", Reason.Read))
        {
            Claim = terms.Optional<ClaimBasis>("claim"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("touch", Touch, default);
        terms.Instant("at", At);
        terms.Value("partner", Partner, default);
        terms.Integer("weight", Weight);
        terms.Terms("reason", Reason);
        terms.Value("claim", Claim);
    }
}
