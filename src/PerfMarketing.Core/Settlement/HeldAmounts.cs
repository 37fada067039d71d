using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;

namespace PerfMarketing.Settlement;

/// <summary>What of one contract and partner is in hold, and what has left it.</summary>
/// <remarks>
/// What takes back from an earning in instalments takes those first that are still in hold, the last one first.
/// </remarks>
internal sealed class HeldAmounts(Currency currency)
{
    private readonly PriorityQueue<int, Instant> queue = new();
    private readonly List<Money> amounts = [];
    private readonly Dictionary<EntryId, List<(Instant At, int Slot)>> instalments = [];

    /// <summary>What has left its hold so far, without what was paid of it.</summary>
    public Money Released { get; private set; } = Money.Zero(currency);

    /// <summary>What is in hold.</summary>
    public Money Held { get; private set; } = Money.Zero(currency);

    /// <summary>Whether anything waits for its hold to end.</summary>
    public bool Waits => queue.Count > 0;

    /// <summary>Whether the end of some hold will change what has left it; slower than <see cref="Waits"/>.</summary>
    public bool HoldsAnything => queue.UnorderedItems.GroupBy(static i => i.Priority)
        .Any(together => together.Sum(i => amounts[i.Element].MinorUnits) != 0);

    /// <summary>Takes an entry in.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="end">What is payable by then has left its hold.</param>
    public void Add(LedgerEntry entry, Instant end)
    {
        if (entry.Parts.Count > 0)
        {
            Add(CorrectedBy(entry) ?? entry.Id, entry.Parts, end);
            return;
        }

        Money amount = entry.Amount;
        if (instalments.Count > 0 && amount.MinorUnits < 0 && CorrectedBy(entry) is { } corrected
            && instalments.TryGetValue(corrected, out List<(Instant At, int Slot)>? slots))
        {
            amount += Take(slots, -amount);
        }

        Add(amount, entry.PayableAt, end);
    }

    /// <summary>Lets go what is payable by an instant.</summary>
    /// <param name="end">The instant.</param>
    public void Release(Instant end)
    {
        while (queue.TryPeek(out int slot, out Instant payableAt) && payableAt <= end)
        {
            queue.Dequeue();
            Released += amounts[slot];
            Held -= amounts[slot];
            amounts[slot] = Money.Zero(currency);
        }
    }

    /// <summary>Takes what was paid from what has left its hold.</summary>
    /// <param name="paid">The amount; below zero when the partner paid back.</param>
    public void Pay(Money paid) => Released -= paid;

    private static EntryId? CorrectedBy(LedgerEntry entry) => entry switch
    {
        Adjustment adjustment => adjustment.Corrects,
        Amendment amendment => amendment.Corrects,
        DisputeHold hold => hold.Corrects,
        _ => null,
    };

    private void Add(EntryId earning, Primitives.ValueList<Instalment> parts, Instant end)
    {
        foreach (Instalment part in parts)
        {
            int slot = amounts.Count;
            Add(part.Amount, part.PayableAt, end);
            if (amounts.Count > slot)
            {
                List<(Instant At, int Slot)> slots = instalments.GetValueOrDefault(earning, []);
                slots.Add((part.PayableAt, slot));
                instalments[earning] = slots;
            }
        }
    }

    private void Add(Money amount, Instant payableAt, Instant end)
    {
        if (payableAt <= end)
        {
            Released += amount;
        }
        else
        {
            queue.Enqueue(amounts.Count, payableAt);
            amounts.Add(amount);
            Held += amount;
        }
    }

    private Money Take(List<(Instant At, int Slot)> slots, Money wanted)
    {
        Money taken = Money.Zero(currency);
        foreach ((_, int slot) in slots.OrderDescending())
        {
            Money part = Money.Min(amounts[slot], wanted - taken);
            amounts[slot] -= part;
            taken += part;
        }

        Held -= taken;
        return taken;
    }
}
