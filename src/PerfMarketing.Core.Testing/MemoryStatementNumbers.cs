using System.Globalization;
using PerfMarketing.Identity;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>Numbers of invoices and credit notes in memory.</summary>
/// <remarks>
/// Each partner has for each payer a sequence of invoices, <c>I-1</c>, <c>I-2</c> and so on, and one of credit notes,
/// from <c>C-1</c>.
/// Thread-safe.
/// </remarks>
public sealed class MemoryStatementNumbers : IStatementNumbers
{
    private readonly Lock gate = new();
    private readonly Dictionary<StatementId, ((PartyId, PartnerId, bool) Sequence, string Number)> given = [];
    private readonly Dictionary<(PartyId, PartnerId, bool), int> counts = [];

    /// <inheritdoc/>
    public ValueTask<string> NumberOfAsync(
        PartyId payer,
        PartnerId partner,
        StatementId statement,
        bool isCreditNote,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (PartyId, PartnerId, bool) sequence = (payer, partner, isCreditNote);
        lock (gate)
        {
            if (given.TryGetValue(statement, out var known))
            {
                return known.Sequence == sequence
                    ? new(known.Number)
                    : throw new ArgumentException("The statement has a number as another document.", nameof(statement));
            }

            int count = counts.GetValueOrDefault(sequence) + 1;
            string number = string.Create(CultureInfo.InvariantCulture, $"{(isCreditNote ? 'C' : 'I')}-{count}");
            counts[sequence] = count;
            given.Add(statement, (sequence, number));
            return new(number);
        }
    }
}
