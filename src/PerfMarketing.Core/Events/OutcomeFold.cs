using System.Globalization;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>Applies corrections to an outcome one after the other; a refused one leaves everything as it was.</summary>
internal sealed class OutcomeFold(Outcome outcome)
{
    private readonly Money? original = OrderValues.ValueOf(outcome);
    private readonly long[] weights = OrderValues.WeightsOf(outcome);
    private Money? stated = OrderValues.ValueOf(outcome);
    private decimal quantity = outcome.Quantity;
    private FoldedLine[] lines = OrderValues.LinesOf(outcome);
    private bool retracted;
    private bool chargedBack;
    private bool chargedBackWhole;

    /// <summary>Applies a correction.</summary>
    /// <returns>Why it is refused; null when it was applied.</returns>
    internal Reason? Apply(Correction correction)
    {
        FoldedLine[] before = [.. lines];
        Reason? refused = correction.Match(
            _ => Retract(), Restate, Return, r => Take(r.Amount), _ => null, ChargeBack, _ => null, _ => null);
        if (refused is not null)
        {
            lines = before;
        }

        return refused;
    }

    internal OutcomeTruth ToTruth(
        ValueList<CorrectionId> counted, IEnumerable<RefusedCorrection> refused, IEnumerable<RefusedCorrection> folded)
    {
        bool gone = retracted || chargedBackWhole;
        long kept = gone ? 0 : lines.Sum(static l => l.Kept);
        bool allBack = (lines.Length > 0 && Array.TrueForAll(lines, static l => l.IsAllBack))
            || (kept == 0 && stated is { MinorUnits: > 0 });
        decimal keptQuantity = gone || allBack ? 0 : quantity;
        return new(outcome, new()
        {
            OriginalValue = original,
            StatedValue = stated,
            KeptValue = stated is { } value ? Money.FromMinor(kept, value.Currency) : null,
            KeptQuantity = keptQuantity,
            IsRetracted = retracted,
            IsChargedBack = chargedBack,
            KeptFraction = original is { MinorUnits: > 0 } whole
                ? new(kept, whole.MinorUnits)
                : new(FoldedLine.Scale(keptQuantity), FoldedLine.Scale(outcome.Quantity)),
            Lines = LinesOf(gone),
            Counted = counted,
            Refused = refused.Concat(folded).OrderBy(static r => r.Id)
                .ThenBy(static r => r.Reason.Code, StringComparer.Ordinal).ToValueList(),
        });
    }

    private ValueList<LineTruth> LinesOf(bool gone) => outcome.Lines.Count == 0 || stated is not { } value
        ? []
        : lines.Select((line, i) => new LineTruth(
            i,
            Money.FromMinor(line.Worth, value.Currency),
            Money.FromMinor(gone ? 0 : line.Kept, value.Currency),
            gone ? 0 : line.Quantity - line.Back)).ToValueList();

    private Reason? Retract()
    {
        retracted = true;
        return null;
    }

    private Reason? Restate(Restatement restatement)
    {
        if (restatement.Value is { } value)
        {
            if (stated is { } old && old.Currency != value.Currency)
            {
                return About(CorrectionCodes.Currency, "amount", value);
            }

            lines = stated is null ? [new(value.MinorUnits, 1)] : OrderValues.Spread(value.MinorUnits, weights, lines);
            if (lines.Any(static l => l.IsOverdrawn))
            {
                return About(CorrectionCodes.BelowReturned, "value", value);
            }

            stated = value;
        }

        quantity = restatement.Quantity ?? quantity;
        return null;
    }

    private Reason? ChargeBack(Chargeback chargeback)
    {
        if (chargeback.Amount is { } amount && Take(amount) is { } refused)
        {
            return refused;
        }

        chargedBack = true;
        chargedBackWhole |= chargeback.Amount is null;
        return null;
    }

    // An amount that names no line is spread over what is kept of the lines.
    private Reason? Take(Money amount)
    {
        if (Unfit(amount) is { } reason)
        {
            return reason;
        }

        long[] kept = Array.ConvertAll(lines, static l => l.Kept);
        if (amount.MinorUnits > kept.Sum())
        {
            return About(CorrectionCodes.MoreThanKept, "amount", amount);
        }

        if (amount.MinorUnits > 0)
        {
            long[] parts = Allocation.Split(amount.MinorUnits, kept);
            for (int i = 0; i < lines.Length; i++)
            {
                lines[i] = lines[i] with { Given = lines[i].Given + parts[i] };
            }
        }

        return null;
    }

    private Reason? Return(LineReturn lineReturn)
    {
        foreach (ReturnedLine returned in lineReturn.Lines)
        {
            if (Return(returned) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    private Reason? Return(ReturnedLine returned)
    {
        string name = returned.Sku ?? (returned.Line ?? 0).ToString(CultureInfo.InvariantCulture);
        if (returned.Amount is { } given && Unfit(given) is { } reason)
        {
            return reason;
        }

        int[] places = [.. Enumerable.Range(0, outcome.Lines.Count).Where(i => Names(returned, i))];
        if (places.Length == 0)
        {
            return About(CorrectionCodes.LineUnknown, "line", name);
        }

        bool whole = returned.Quantity is null && returned.Amount is null;
        decimal left = places.Sum(i => lines[i].Left);
        decimal back = whole ? left : returned.Quantity ?? 0;
        long amount = returned.Amount?.MinorUnits ?? 0;
        bool fits = back <= left && (!whole || left > 0) && amount <= places.Sum(i => lines[i].Kept);
        foreach (int i in places)
        {
            decimal part = Math.Min(back, lines[i].Left);
            long money = Math.Min(amount, lines[i].Kept);
            lines[i] = lines[i] with { Back = lines[i].Back + part, Given = lines[i].Given + money };
            back -= part;
            amount -= money;
        }

        return fits && !places.Any(i => lines[i].IsOverdrawn)
            ? null
            : About(CorrectionCodes.MoreThanKept, "line", name);
    }

    private bool Names(ReturnedLine returned, int place) => returned.Line is { } line
        ? line == place
        : string.Equals(outcome.Lines[place].Sku, returned.Sku, StringComparison.Ordinal);

    private Reason? Unfit(Money amount) => stated is not { } value ? new(CorrectionCodes.NoValue)
        : amount.Currency != value.Currency ? About(CorrectionCodes.Currency, "amount", amount)
        : null;

    private static Reason About(string code, string name, object value) => Reason.Of(code, (name, value));
}
