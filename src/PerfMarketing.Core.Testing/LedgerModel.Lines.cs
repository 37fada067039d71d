using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Testing;

/// <content>Where a result counts, and how lines change.</content>
internal sealed partial class LedgerModel
{
    // On which instant each line counts a result; it stays where it was on a line that has no period then.
    private BudgetLine? Place(Slot slot, Instant occurred, Instant touched, Instant approved)
    {
        foreach (BudgetLine line in PathOf(slot.Budgets))
        {
            Instant at = line.Recognition switch
            {
                BudgetRecognition.OnTouch => touched,
                BudgetRecognition.OnApproval => approved,
                _ => occurred,
            };
            if (Has(line, at))
            {
                slot.Where[line.Id] = at;
            }
            else if (!slot.Where.ContainsKey(line.Id))
            {
                return line;
            }
        }

        return null;
    }

    private LedgerDecision Change(LedgerRequest asked, Instant asOf)
    {
        if (slots.TryGetValue(asked.Id, out Slot? known))
        {
            return known.Change is { } first && first.Request == asked
                ? first.Decision with { IsRepeat = true }
                : Refuse(asked.Id, Money.FromMinor(0, plan.Currency), BudgetReasons.Conflict) with
                {
                    Amount = known.Change?.Decision.Amount ?? Money.FromMinor(0, plan.Currency),
                };
        }

        (BudgetId budget, Instant at, long units) = asked is LedgerRequest.Expect expect
            ? (expect.Budget, expect.At, expect.Units)
            : asked is LedgerRequest.ChangeLimit change ? (change.Budget, change.At, change.Units) : default;
        BudgetLine line = lines[budget];
        Sum sum = SumOf(line, at);
        if (asked is LedgerRequest.Expect)
        {
            sum.InFlight = units;
        }
        else
        {
            long before = MostOf(line, sum);
            sum.Limit = units;
            sum.StoppedAt = MostOf(line, sum) > before ? Instant.MaxValue : sum.StoppedAt;
            sum.RaisedAt = MostOf(line, sum) > before ? asOf : sum.RaisedAt;
        }

        Money amount = Money.FromMinor(line.Count is null ? units : 0, plan.Currency);
        LedgerDecision done = new() { Id = asked.Id, Requested = amount, Amount = amount };
        slots.Add(asked.Id, new([], at, "changed") { Change = (asked, done) });
        return done;
    }
}
