using NodaTime.Text;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>What differs between two versions of a contract, as data and as a person would write it.</summary>
/// <remarks>
/// A term that is absent means its default, so that leaving a default out is no difference. Terms of an integrator's
/// models are said from their names and values; nothing needs to be written for it.
/// </remarks>
public sealed class ContractDiff
{
    private const string ClausesTerm = "clauses";

    private ContractDiff(ContractDraft before, ContractDraft after, ValueList<TermChange> changes)
    {
        Before = before;
        After = after;
        Changes = changes;
        TermLines = new Writer(this, new(TermNode.Of(before), TermNode.Of(after))).Write();
    }

    /// <summary>The older version.</summary>
    public ContractDraft Before { get; }

    /// <summary>The newer version.</summary>
    public ContractDraft After { get; }

    /// <summary>Every difference; empty when the terms are the same.</summary>
    public ValueList<TermChange> Changes { get; }

    /// <summary>
    /// One line for the contract as a whole and one for each clause that changed, such as
    /// <c>sale: 12% → 10% from 2026-04-01; new cap 80.00 EUR</c>. Invariant; the words may change, the data do not.
    /// </summary>
    public ValueList<string> Lines => TermLines.Select(static line => line.ToString()).ToValueList();

    internal ValueList<TermLine> TermLines { get; }

    /// <summary>What differs between two versions.</summary>
    /// <param name="before">The older version.</param>
    /// <param name="after">The newer version.</param>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    public static ContractDiff Between(ContractDraft before, ContractDraft after, TermCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        TermCatalog known = catalog ?? TermCatalog.Default;
        return Between(before, after, TermRecorder.Record(terms => ContractDraft.Read(terms, known)));
    }

    internal static ContractDiff Between(ContractDraft before, ContractDraft after, TermForm form) =>
        new(before, after, TermDiff.Between(TermNode.Of(before), TermNode.Of(after), form));

    /// <summary>The lines, one below the other; empty when the terms are the same.</summary>
    public override string ToString() => string.Join('\n', Lines);

    /// <summary>Writes the lines of one comparison.</summary>
    private sealed class Writer(ContractDiff diff, TermSentences sentences)
    {
        private const string EffectiveTerm = "effective";
        private const string VersionTerm = "version";

        private readonly List<string> whole = [];
        private readonly Dictionary<string, List<string>> clauses = new(StringComparer.Ordinal);

        public ValueList<TermLine> Write()
        {
            foreach (TermChange change in diff.Changes)
            {
                (string? clause, TermStep[] below) = sentences.SubjectOf(change, ClausesTerm);
                if (clause is not null)
                {
                    PhrasesOf(clause).AddRange(below.Length == 0
                        ? [WholeClause(change)]
                        : sentences.Phrases(change, below));
                }
                else if (below[0].Name is not (EffectiveTerm or VersionTerm))
                {
                    whole.AddRange(sentences.Phrases(change, below));
                }
            }

            AddDates();
            IEnumerable<string> order = diff.After.Clauses.Select(static c => c.Id.ToString()).Concat(clauses.Keys);
            return
            [
                .. whole.Count > 0 ? [Line(string.Empty, whole)] : Array.Empty<TermLine>(),
                .. order.Distinct(StringComparer.Ordinal).Where(clauses.ContainsKey).Select(c => Line(c, clauses[c])),
            ];
        }

        private List<string> PhrasesOf(string clause)
        {
            if (!clauses.TryGetValue(clause, out List<string>? phrases))
            {
                clauses.Add(clause, phrases = []);
            }

            return phrases;
        }

        private static string WholeClause(TermChange change) => change.Kind switch
        {
            TermChangeKind.Added => $"new clause, {TermWords.Terms(change.After!, TermWords.IdTerm)}",
            TermChangeKind.Removed => $"removed, was {TermWords.Terms(change.Before!, TermWords.IdTerm)}",
            _ => TermSentences.MovedText(change),
        };

        // A version that begins later dates its changes; its dates need saying only when nothing else changed, or when
        // the end did.
        private void AddDates()
        {
            DateRange? old = diff.Before.Effective;
            DateRange? now = diff.After.Effective;
            bool isAlone = whole.Count == 0 && clauses.Count == 0;
            if (isAlone && diff.Before.Version != diff.After.Version)
            {
                whole.Add(FormattableString.Invariant($"version {diff.Before.Version} → {diff.After.Version}"));
            }

            if (old == now)
            {
                return;
            }

            if (now is null || (isAlone && old?.From != now.Value.From))
            {
                whole.Add($"effective {Text(old)} → {Text(now)}");
            }
            else if (old?.To != now.Value.To)
            {
                whole.Add($"end {EndText(old)} → {EndText(now)}");
            }
        }

        private TermLine Line(string subject, List<string> phrases)
        {
            bool isDated = diff.After.Effective is { } now && diff.Before.Effective?.From != now.From
                && !phrases[0].StartsWith(EffectiveTerm, StringComparison.Ordinal);
            string since = isDated
                ? $" from {LocalDatePattern.Iso.Format(diff.After.Effective!.Value.From)}"
                : string.Empty;
            return new(subject, [phrases[0] + since, .. phrases.Skip(1)]);
        }

        private static string Text(DateRange? range) => range?.ToString() ?? "always";

        private static string EndText(DateRange? range) =>
            range?.To is { } end ? LocalDatePattern.Iso.Format(end) : "none";
    }
}
