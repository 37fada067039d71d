using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Payouts.Periods.Validation;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Periods;

/// <summary>
/// The payouts over a period that contracts may use: one registration feeds JSON, validation and schema.
/// </summary>
/// <remarks>
/// Immutable and thread-safe: <see cref="With{T}"/> returns a new catalog. A kind that is not in the catalog is refused
/// by name, both when it is read and when it is validated; nothing unknown ever pays.
/// </remarks>
public sealed class PeriodPayoutCatalog
{
    private readonly KindRegistry<PeriodPayout, PeriodPayoutCatalog> kinds;

    private PeriodPayoutCatalog(KindRegistry<PeriodPayout, PeriodPayoutCatalog> kinds) => this.kinds = kinds;

    /// <summary>The kinds of this library.</summary>
    public static PeriodPayoutCatalog Default { get; } = new(
        new KindRegistry<PeriodPayout, PeriodPayoutCatalog>(new(
            "period payout", "kind", static p => p.Tag, PeriodCodes.KindMissing, PeriodCodes.KindUnknown))
        .Add(Growth.TagName, static (terms, _) => Growth.Read(terms), static () => new GrowthValidator())
        .Add(Pooled.TagName, static (terms, _) => Pooled.Read(terms), static () => new PooledValidator())
        .Add(Milestone.TagName, static (terms, _) => Milestone.Read(terms), static () => new MilestoneValidator())
        .Add(Every.TagName, static (terms, _) => Every.Read(terms), static () => new EveryValidator())
        .Add(
            PerformanceBonus.TagName,
            static (terms, _) => PerformanceBonus.Read(terms),
            static () => new PerformanceBonusValidator())
        .Add(Override.TagName, static (terms, _) => Override.Read(terms), static () => new OverrideValidator())
        .Add(FeeShare.TagName, static (terms, _) => FeeShare.Read(terms), static () => new FeeShareValidator())
        .Add(Retainer.TagName, static (terms, _) => Retainer.Read(terms), static () => new RetainerValidator())
        .Add(Guarantee.TagName, static (terms, _) => Guarantee.Read(terms), static () => new GuaranteeValidator())
        .Add(Draw.TagName, static (terms, _) => Draw.Read(terms), static () => new DrawValidator()));

    /// <summary>The names of all kinds, sorted.</summary>
    public ValueList<string> Tags => kinds.Tags;

    /// <summary>A catalog with one more kind.</summary>
    /// <param name="tag">The kind's name in JSON, with the integrator's prefix and a dot: <c>acme.loyalty</c>.</param>
    /// <param name="read">Reads the kind's terms.</param>
    /// <param name="validator">Says what is wrong with the terms.</param>
    /// <exception cref="ArgumentException">The name has no prefix, or is taken.</exception>
    public PeriodPayoutCatalog With<T>(string tag, Func<TermReader, T> read, IValidator<T> validator)
        where T : PeriodPayout
    {
        ArgumentNullException.ThrowIfNull(read);
        return new(kinds.With(tag, (terms, _) => read(terms), validator));
    }

    /// <summary>Reads a required payout; a name that is not in the catalog is a failure.</summary>
    /// <param name="terms">The terms of the object that holds the payout.</param>
    /// <param name="name">The term that holds the payout.</param>
    /// <returns>The payout; null when a failure was noted.</returns>
    public PeriodPayout Read(TermReader terms, string name)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms.Object(name, inner => kinds.Read(inner, this))!;
    }

    /// <summary>Says what is wrong with a payout; empty when nothing is.</summary>
    /// <param name="payout">The payout; null is itself a failure.</param>
    /// <param name="path">The C# path of the property that holds it, such as <c>Periods[0].Pays</c>.</param>
    public IReadOnlyList<ValidationFailure> Validate(PeriodPayout? payout, string path) => kinds.Validate(payout, path);
}
