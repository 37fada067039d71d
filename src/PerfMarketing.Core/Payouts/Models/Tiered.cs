using System.Globalization;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Models;

/// <summary>Prices by what the period has reached: graduated, by volume, or forward only.</summary>
/// <remarks>
/// Graduated: with G(q) = the price of the first q units, an outcome that adds c to Q pays G(Q + c) − G(Q): 150 units
/// at 1.20 EUR up to 100, then 0.90 EUR, are 120.00 + 45.00. Volume: P(Q) = Q at the price of the tier where Q lies
/// (Q &lt; <see cref="Tier.UpTo"/>); an outcome is paid at the price that now applies, and what earlier ones are worth
/// more or less is a line that re-prices. Forward: a whole outcome at the price of the tier where Q lies before it.
/// </remarks>
/// <param name="Tiers">The tiers, with rising <see cref="Tier.UpTo"/>; only the last has none.</param>
public sealed record Tiered(ValueList<Tier> Tiers) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "tiered";

    /// <summary>The most tiers of one model.</summary>
    public const int TierCountMax = 10_000;

    // Parts of credit are kept with 12 decimals; read on the grid of quantities, three thirds are a whole.
    private const int PositionDecimals = 6;

    private const int NamedCount = 32;

    private static readonly string[] Names = [.. Enumerable.Range(1, NamedCount).Select(static n => NameOf(n, ""))];

    private static readonly string[] FlatNames =
        [.. Enumerable.Range(1, NamedCount).Select(static n => NameOf(n, "-flat"))];

    /// <summary>What reaching a tier does; each unit by its own tier by default.</summary>
    public TierMode Mode { get; init; }

    /// <summary>What positions count; units by default.</summary>
    public Measure Of { get; init; } = Measure.Quantity;

    /// <summary>
    /// What prices and rates are applied to; null means that prices go by <see cref="Of"/> and rates by the value.
    /// </summary>
    public Measure? On { get; init; }

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool ReadsTally => true;

    /// <inheritdoc/>
    public override bool IsOrderFree => Mode switch
    {
        // Whatever lacks a fact that is measured is worth nothing, and counts all the same.
        TierMode.Volume => (Of.Kind != MeasureKind.Fact && On?.Kind != MeasureKind.Fact)
            || Tiers.All(t => PaidBy(t) == Of),
        TierMode.Graduated => Tiers.All(t => PaidBy(t) == Of),
        _ => false,
    };

    /// <inheritdoc/>
    public override bool Reprices => Mode == TierMode.Volume;

    /// <inheritdoc/>
    public override ValueList<Measure> Measures => On is { } on ? [Of, on] : [Of];

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Tiered Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.List("tiers", Tier.Read, 1, TierCountMax))
        {
            Mode = terms.Enum("mode", TierMode.Graduated),
            Of = terms.Value("of", Measure.Quantity),
            On = terms.Optional<Measure>("on"),
        };
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        if (!Knows(context, Of) || (On is { } on && !Knows(context, on)))
        {
            sheet.Add(new(PayoutLineNames.Unknown, Accrual.Zero(context.Currency)));
            return;
        }

        switch (Mode)
        {
            case TierMode.Graduated:
                AddGraduated(context, sheet);
                break;
            case TierMode.Volume:
                AddVolume(context, sheet);
                break;
            default:
                AddForward(context, sheet);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("mode", Mode, TierMode.Graduated);
        terms.Value("of", Of, Measure.Quantity);
        terms.Value("on", On);
        terms.List("tiers", Tiers);
    }

    // Positions by payout stand where the tally stands; everything else is measured of the outcome.
    private static bool Knows(in PayoutContext context, Measure measure) =>
        measure.Kind is not MeasureKind.Fact || context.TryMeasure(measure, out _);

    private Measure PaidBy(Tier tier) => On ?? (tier.Rate is null ? Of : Measure.Value);

    // Whether a tier prices the very units that positions count.
    private bool PaysWhatItCounts(Tier tier) => On is { } on ? on == Of : tier.Rate is null || Of == Measure.Value;

    // From the lower to the upper position; a negative fact walks back, with all signs turned.
    private void AddGraduated(in PayoutContext context, PayoutSheet sheet)
    {
        decimal reached = context.Before.Of(Of);
        decimal before = Snap(reached);
        decimal after = Snap(Exact.Add(reached, context.Counted.Of(Of)));
        int sign = Exact.Compare(after, before);
        decimal low = sign < 0 ? after : before;
        decimal high = sign < 0 ? before : after;
        int index = IndexOf(low);
        if (sign == 0)
        {
            Tier tier = Tiers[index];
            AddUnits(sheet, index, PaysWhatItCounts(tier) ? 0 : context.Counted.Of(PaidBy(tier)), context);
            return;
        }

        for (decimal position = low; Exact.Compare(position, high) < 0; index++)
        {
            Tier tier = Tiers[index];
            decimal stop = tier.UpTo is { } upTo && Exact.Compare(upTo, high) < 0 ? upTo : high;
            if (tier.Flat is { } flat && StartOf(index) is var start && position <= start && start < stop)
            {
                sheet.Add(new(CodeOf(FlatNames, index, "-flat"), flat * sign));
            }

            decimal units = PaysWhatItCounts(tier)
                ? UnitsIn(index, position, stop, sign)
                : SpreadOver(context.Counted.Of(PaidBy(tier)), position - low, stop - low, high - low);
            AddUnits(sheet, index, units, context);
            position = stop;
        }
    }

    private decimal StartOf(int index) => index == 0 ? 0 : Tiers[index - 1].UpTo ?? 0;

    // What is priced between two positions of a tier; blocks are counted from where the tier starts.
    private decimal UnitsIn(int index, decimal from, decimal to, int sign)
    {
        Tier tier = Tiers[index];
        if (tier.Size is null)
        {
            return sign < 0 ? Exact.Add(from, -to) : Exact.Add(to, -from);
        }

        decimal start = StartOf(index);
        decimal blocks = BlocksOf(tier, to - start) - BlocksOf(tier, from - start);
        return sign < 0 ? -blocks : blocks;
    }

    // The part of another measure between two places of the outcome's stretch.
    private static decimal SpreadOver(decimal paid, decimal from, decimal to, decimal length) =>
        PartOf(paid, to, length) - PartOf(paid, from, length);

    private void AddVolume(in PayoutContext context, PayoutSheet sheet)
    {
        Tally before = context.Before;
        Tally after = before + context.Counted;
        int index = IndexAt(after);
        Tier tier = Tiers[index];
        Measure paidBy = PaidBy(tier);
        if (before.IsEmpty && !after.IsEmpty)
        {
            AddFlat(sheet, index, tier.Flat);
        }

        AddUnits(
            sheet,
            index,
            BlocksOf(tier, after.Of(paidBy)) - BlocksOf(tier, before.Of(paidBy)),
            context);
        if (!before.IsEmpty && IndexAt(before) is var earlier && earlier != index)
        {
            Accrual change = TotalAt(index, before, context.Currency) - TotalAt(earlier, before, context.Currency);
            sheet.Add(new(PayoutLineNames.Repricing, change)
            {
                IsRepricing = true,
                Quantity = before.Of(Of),
                Base = tier.Price,
                Rate = tier.Rate,
            });
        }
    }

    private void AddForward(in PayoutContext context, PayoutSheet sheet)
    {
        int index = IndexAt(context.Before);
        AddUnits(sheet, index, context.Counted.Of(PaidBy(Tiers[index])), context);
    }

    // P of all that a tally holds, at the prices of one tier.
    private Accrual TotalAt(int index, in Tally tally, Currency currency)
    {
        Tier tier = Tiers[index];
        decimal units = BlocksOf(tier, tally.Of(PaidBy(tier)));
        Accrual total = tier.Rate is { } rate
            ? new Accrual(units, currency) * rate
            : (tier.Price ?? Accrual.Zero(currency)) * units;
        return tier.Flat is { } flat ? total + flat : total;
    }

    private static void AddFlat(PayoutSheet sheet, int index, Accrual? flat)
    {
        if (flat is { } amount)
        {
            sheet.Add(new(CodeOf(FlatNames, index, "-flat"), amount));
        }
    }

    // A tier that pays nothing but its flat amount has no line for units.
    private void AddUnits(PayoutSheet sheet, int index, decimal units, in PayoutContext context)
    {
        Tier tier = Tiers[index];
        string code = CodeOf(Names, index, "");
        if (tier.Rate is { } rate)
        {
            sheet.Add(PayoutLine.OfShare(code, new(units, context.Currency), rate));
        }
        else if (tier.Price is { } price)
        {
            sheet.Add(PayoutLine.OfUnits(code, price, units));
        }
    }

    // How many prices are due for so many units of a tier.
    private static decimal BlocksOf(Tier tier, decimal units)
    {
        if (tier.Size is not { } size)
        {
            return units;
        }

        decimal counted = OnGrid(units);
        decimal rest = counted % size;
        decimal full = (counted - rest) / size;
        return tier.Full || rest == 0 ? full : full + 1;
    }

    private static decimal PartOf(decimal whole, decimal part, decimal step) => part == step
        ? whole
        : decimal.Round(whole * part / step, Accrual.Decimals, MidpointRounding.AwayFromZero);

    // With two ends a tier is left when both are reached.
    private int IndexAt(in Tally tally)
    {
        int index = IndexOf(OnGrid(tally.Of(Of)));
        return Tiers[0].UpToValue is null
            ? index
            : Math.Min(index, IndexOf(OnGrid(tally.Value.Amount), static t => t.UpToValue));
    }

    private static decimal OnGrid(decimal position) => position.Scale <= PositionDecimals
        ? position
        : decimal.Round(position, PositionDecimals, MidpointRounding.AwayFromZero);

    // A position that is the end of a tier but for what was lost in thirds is that end.
    private decimal Snap(decimal position)
    {
        if (position.Scale <= PositionDecimals)
        {
            return position;
        }

        decimal near = OnGrid(position);
        return near != position && IndexOf(near) is var index && index > 0 && Tiers[index - 1].UpTo == near
            ? near
            : position;
    }

    private int IndexOf(decimal position) => IndexOf(position, static t => t.UpTo);

    // The first tier whose end lies above the position.
    private int IndexOf(decimal position, Func<Tier, decimal?> end)
    {
        int low = 0;
        int high = Tiers.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            bool isLater = end(Tiers[middle]) is { } upTo && Exact.Compare(upTo, position) <= 0;
            (low, high) = isLater ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static string CodeOf(string[] names, int index, string ending) =>
        index < NamedCount ? names[index] : NameOf(index + 1, ending);

    private static string NameOf(int number, string ending) =>
        string.Create(CultureInfo.InvariantCulture, $"tier-{number}{ending}");
}
