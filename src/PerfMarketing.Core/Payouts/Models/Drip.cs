using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Payouts.Models;

/// <summary>Another model's payout, payable in instalments: an annual sale that is paid out monthly.</summary>
/// <remarks>
/// The amount is earned and posted whole; only when it is payable is spread. It stands around everything else, never
/// inside another model, since only what is posted can be divided. Parts are whole minor units by largest remainder:
/// 10.00 in 12 parts is four of 0.84 and eight of 0.83.
/// </remarks>
/// <param name="Inner">The model whose payout is spread.</param>
/// <param name="Instalments">Into how many parts, from 1 to <see cref="InstalmentCountMax"/>.</param>
/// <param name="Every">The time from one part to the next: day, week, month, quarter or year.</param>
/// <param name="Delay">
/// After how many such times the first part is payable, from 0 to <see cref="InstalmentCountMax"/>; 0 by default.
/// </param>
public sealed record Drip(PayoutModel Inner, int Instalments, PeriodUnit Every, int Delay = 0) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "drip";

    /// <summary>The most parts, and the longest delay.</summary>
    public const int InstalmentCountMax = 120;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool IsOrderFree => Inner.IsOrderFree;

    /// <inheritdoc/>
    public override bool PassesRepricing => true;

    /// <inheritdoc/>
    public override ValueList<PayoutPart> Parts => [new(nameof(Inner), Inner)];

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the inner model's name is looked up.</param>
    public static Drip Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(
            catalog.Read(terms, "inner"),
            (int)Math.Clamp(terms.Integer("instalments"), int.MinValue, int.MaxValue),
            terms.Enum<PeriodUnit>("every"),
            terms.Int("delay", 0));
    }

    /// <summary>When which part of a posted amount is payable.</summary>
    /// <remarks>
    /// Parts are payable at the same local time; months, quarters and years are counted from the first day, and a day
    /// that a month does not have is its last: 31 January, 28 February, 31 March.
    /// </remarks>
    /// <param name="amount">The amount as it is posted.</param>
    /// <param name="payableAt">When it would be payable at once.</param>
    /// <param name="calendar">The contract's calendar.</param>
    /// <exception cref="ArgumentOutOfRangeException">The terms are not those of a valid contract.</exception>
    public ValueList<Instalment> Schedule(Money amount, Instant payableAt, ContractCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        long[] weights = new long[Instalments];
        Array.Fill(weights, 1);
        Money[] amounts = amount.Allocate(weights);
        LocalDateTime first = calendar.LocalOf(payableAt);
        var parts = new Instalment[amounts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            int steps = Delay + i;
            Instant at = steps == 0 ? payableAt : calendar.Zone.AtLeniently(After(first, steps)).ToInstant();
            parts[i] = new(at, amounts[i]);
        }

        return ValueList.Create<Instalment>(parts);
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        sheet.Apply(Inner, context);
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("inner", Inner);
        terms.Integer("instalments", Instalments);
        terms.Enum("every", Every);
        terms.Integer("delay", Delay == 0 ? null : Delay);
    }

    private LocalDateTime After(LocalDateTime first, int steps) => Every switch
    {
        PeriodUnit.Day => first.PlusDays(steps),
        PeriodUnit.Week => first.PlusWeeks(steps),
        PeriodUnit.Month => first.PlusMonths(steps),
        PeriodUnit.Quarter => first.PlusMonths(3 * steps),
        PeriodUnit.Year => first.PlusYears(steps),
        _ => throw new InvalidOperationException($"Nothing is paid every {Every}."),
    };
}
