using System.Globalization;
using PerfMarketing.Identity;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>Numbers of invoices and credit notes in memory.</summary>
/// <remarks>
/// Each partner has a sequence of invoices, <c>I-1</c>, <c>I-2</c> and so on, and one of credit notes, from <c>C-1</c>.
/// Thread-safe.
/// </remarks>
public sealed class MemoryStatementNumbers : IStatementNumbers
{
    private readonly Lock gate = new();
    private readonly Dictionary<StatementId, (PartnerId Partner, bool IsCreditNote, string Number)> given = [];
    private readonly Dictionary<(PartnerId Partner, bool IsCreditNote), int> counts = [];

    /// <inheritdoc/>
    public ValueTask<string> NumberOfAsync(
        PartnerId partner, StatementId statement, bool isCreditNote, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (given.TryGetValue(statement, out var known))
            {
                return known.Partner == partner && known.IsCreditNote == isCreditNote
                    ? new(known.Number)
                    : throw new ArgumentException("The statement has a number as another document.", nameof(statement));
            }

            int count = counts.GetValueOrDefault((partner, isCreditNote)) + 1;
            string number = string.Create(CultureInfo.InvariantCulture, $"{(isCreditNote ? 'C' : 'I')}-{count}");
            counts[(partner, isCreditNote)] = count;
            given.Add(statement, (partner, isCreditNote, number));
            return new(number);
        }
    }
}
