using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Windows;

/// <summary>A change of a limit while its budget is live; both limits are kept.</summary>
/// <param name="At">From when the new limit holds.</param>
/// <param name="Before">The limit until then.</param>
/// <param name="After">The limit from then on, in minor units or pieces; not negative.</param>
/// <param name="Used">
/// What was used when it was changed, in the whole window whose days share the limit (see
/// <see cref="WindowLimit.WholeUsed"/>). It counts where the limit is an average; else it is only told.
/// </param>
public sealed record LimitChange(Instant At, long Before, long After, long Used) : ITerms
{
    /// <summary>Reads a change.</summary>
    /// <param name="terms">The terms.</param>
    public static LimitChange Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Instant("at"),
            terms.Integer("before"),
            terms.Integer("after"),
            terms.OptionalInteger("used") ?? 0);
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Instant("at", At);
        terms.Integer("before", Before);
        terms.Integer("after", After);
        terms.Integer("used", Used == 0 ? null : Used);
    }
}
