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
    private readonly Dictionary<EntryId, (int First, int Count)> instalments = [];

    /// <summary>What has left its hold so far.</summary>
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
        if (entry is Earning { Instalments: { Count: > 0 } parts })
        {
            Add(entry.Id, parts, end);
            return;
        }

        Money amount = entry.Amount;
        if (instalments.Count > 0 && amount.MinorUnits < 0 && CorrectedBy(entry) is { } corrected
            && instalments.TryGetValue(corrected, out (int First, int Count) slots))
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

    private static EntryId? CorrectedBy(LedgerEntry entry) => entry switch
    {
        Adjustment adjustment => adjustment.Corrects,
        Amendment amendment => amendment.Corrects,
        DisputeHold hold => hold.Corrects,
        _ => null,
    };

    private void Add(EntryId earning, Primitives.ValueList<Instalment> parts, Instant end)
    {
        int first = amounts.Count;
        foreach (Instalment part in parts)
        {
            Add(part.Amount, part.PayableAt, end);
        }

        if (amounts.Count > first)
        {
            instalments[earning] = (first, amounts.Count - first);
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

    private Money Take((int First, int Count) slots, Money wanted)
    {
        Money taken = Money.Zero(currency);
        for (int i = slots.First + slots.Count - 1; i >= slots.First && taken < wanted; i--)
        {
            Money part = Money.Min(amounts[i], wanted - taken);
            amounts[i] -= part;
            taken += part;
        }

        Held -= taken;
        return taken;
    }
}
