using System.Globalization;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>Graduated prices by the number of units in the period: each unit costs what its own tier says.</summary>
/// <remarks>
/// With G(q) = the price of the first q units, an outcome with credited quantity c after Q pays G(Q + c) − G(Q): 150
/// units
/// at 1.20 EUR up to 100, then 0.90 EUR, are 120.00 + 45.00. The sum over the period is G of its total, in any order.
/// </remarks>
/// <param name="Tiers">The tiers, with rising <see cref="Tier.UpTo"/>; only the last has none.</param>
public sealed record Tiered(ValueList<Tier> Tiers) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "tiered";

    /// <summary>The most tiers of one model.</summary>
    public const int TierCountMax = 10_000;

    private const int NamedCount = 32;

    private static readonly string[] Names = [.. Enumerable.Range(1, NamedCount).Select(NameOf)];

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool ReadsTally => true;

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Tiered Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.List("tiers", Tier.Read, 1, TierCountMax));
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        decimal position = context.Before.Quantity;
        decimal end = position + context.Credited;
        for (int i = IndexOf(position); position < end; i++)
        {
            decimal stop = Tiers[i].UpTo is { } upTo && upTo < end ? upTo : end;
            Add(sheet, i, stop - position);
            position = stop;
        }
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("tiers", Tiers);
    }

    // The first tier whose end lies above the position.
    private int IndexOf(decimal position)
    {
        int low = 0;
        int high = Tiers.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Tiers[middle].UpTo is { } upTo && upTo <= position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Add(PayoutSheet sheet, int index, decimal quantity)
    {
        Accrual price = Tiers[index].Price;
        string code = index < NamedCount ? Names[index] : NameOf(index + 1);
        sheet.Add(new(code, price * quantity) { Quantity = quantity, Base = price });
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"tier-{number}");
}
