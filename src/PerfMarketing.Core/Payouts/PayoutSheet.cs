using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts;

/// <summary>Where a model writes its lines; the sum of the lines is the payout.</summary>
/// <remarks>Reusable after <see cref="Clear"/>, so that computing allocates only the result. Not thread-safe.</remarks>
public sealed class PayoutSheet
{
    private PayoutLine[] lines = new PayoutLine[8];
    private int count;
    private Currency currency;
    private Accrual total;
    private Accrual repriced;

    /// <summary>The sum of the outcome's own lines so far, without those that re-price earlier results.</summary>
    public Accrual Total => total;

    /// <summary>The sum of the lines that re-price earlier results of the period.</summary>
    public Accrual Repriced => repriced;

    /// <summary>The lines so far.</summary>
    public ReadOnlySpan<PayoutLine> Lines => lines.AsSpan(0, count);

    /// <summary>
    /// Whether there is one line, the outcome's own, and nothing but its amount is the total, to its last zero.
    /// </summary>
    internal bool HasOne => count == 1 && !lines[0].IsRepricing && lines[0].Amount == total
        && lines[0].Amount.Amount.Scale == total.Amount.Scale;

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line, in the contract's currency.</param>
    /// <exception cref="CurrencyMismatchException">The line has another currency.</exception>
    public void Add(in PayoutLine line)
    {
        if (line.IsRepricing)
        {
            repriced += line.Amount;
        }
        else
        {
            total = count > 0 ? total + line.Amount : Only(line.Amount);
        }

        if (count == lines.Length)
        {
            Array.Resize(ref lines, count * 2);
        }

        lines[count++] = line;
    }

    /// <summary>Lets another model write its lines, and tells what it added.</summary>
    /// <param name="model">The model, one of the caller's <see cref="PayoutModel.Parts"/>.</param>
    /// <param name="context">The caller's context.</param>
    /// <returns>The sum of the outcome's own lines that the model added.</returns>
    /// <exception cref="InvalidOperationException">
    /// The model reads the tally, but the caller does not name it as its part.
    /// </exception>
    public Accrual Apply(PayoutModel model, in PayoutContext context)
    {
        ArgumentNullException.ThrowIfNull(model);
        Accrual before = total;
        bool isFirst = count == 0;
        if (!context.IsCumulative || model.UsesTally)
        {
            Compute(model, context);
            return isFirst ? total : total - before;
        }

        // A model that knows nothing of tallies prices the whole outcome; its credit share is taken here.
        Compute(model, context with { IsCumulative = false, Share = Ratio.One });
        return TakeShare(isFirst ? total : total - before, context.Share);
    }

    /// <summary>Drops all lines and starts in a currency.</summary>
    /// <param name="start">The currency of the lines to come.</param>
    public void Clear(Currency start)
    {
        count = 0;
        currency = start;
        total = Accrual.Zero(start);
        repriced = total;
    }

    /// <summary>The lines as a payout of its own.</summary>
    public Payout ToPayout() => new(currency, ValueList.Create(Lines));

    /// <summary>Adds a line of nothing that says which way was taken, such as <c>case-2</c>.</summary>
    /// <param name="code">The line's code, in kebab-case.</param>
    public void Note(string code) => Add(new(code, Accrual.Zero(currency)));

    /// <summary>Takes lines away and closes the gap.</summary>
    /// <param name="from">The first line that goes.</param>
    /// <param name="lineCount">How many go.</param>
    /// <param name="sum">The sum of the lines that stay.</param>
    internal void Drop(int from, int lineCount, Accrual sum)
    {
        Array.Copy(lines, from + lineCount, lines, from, count - from - lineCount);
        count -= lineCount;
        total = sum;
    }

    internal void Truncate(int lineCount, Accrual sum)
    {
        count = lineCount;
        total = sum;
    }

    /// <summary>The lines that re-price earlier results, or those that do not, as a payout of its own.</summary>
    internal Payout ToPayout(bool repricing) => new(currency, ToLines(repricing));

    internal ValueList<PayoutLine> ToLines(bool repricing)
    {
        int wanted = 0;
        foreach (ref readonly PayoutLine line in Lines)
        {
            wanted += line.IsRepricing == repricing ? 1 : 0;
        }

        return wanted == count ? ValueList.Create(Lines) : LinesOf(repricing);
    }

    private ValueList<PayoutLine> LinesOf(bool repricing) =>
        [.. Lines.ToArray().Where(l => l.IsRepricing == repricing)];

    /// <summary>Says of the lines from a position on which order line they are about, unless they do.</summary>
    internal void NameOrderLine(int start, int orderLine)
    {
        for (int i = start; i < count; i++)
        {
            lines[i] = lines[i] with { OrderLine = lines[i].OrderLine ?? orderLine };
        }
    }

    internal Accrual TakeShare(Accrual whole, Ratio share)
    {
        if (share == Ratio.One)
        {
            return whole;
        }

        Accrual part = whole.Share(share);
        Add(new(PayoutLineNames.CreditShare, part - whole) { Base = whole });
        return part;
    }

    // Nothing and an amount are that amount.
    private Accrual Only(Accrual amount)
    {
        _ = Money.Same(currency, amount.Currency);
        return amount;
    }

    private void Compute(PayoutModel model, in PayoutContext context)
    {
        if (model.ReadsTally && !context.IsCumulative)
        {
            throw new InvalidOperationException($"'{model.Tag}' reads the tally: its owner must name it in Parts.");
        }

        model.WriteLines(context, this);
    }
}
