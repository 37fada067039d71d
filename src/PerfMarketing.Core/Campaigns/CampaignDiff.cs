using PerfMarketing.Contracts;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Campaigns;

/// <summary>What differs between two versions of a campaign, as data and as a person would write it.</summary>
public sealed class CampaignDiff
{
    private const string ContractsTerm = "contracts";

    private readonly TermForm contractForm;

    private CampaignDiff(CampaignDraft before, CampaignDraft after, TermForm form)
    {
        Before = before;
        After = after;
        contractForm = form.Shape!.Find(ContractsTerm)!.Form.Item!;
        Changes = TermDiff.Between(TermNode.Of(before), TermNode.Of(after), form);
        Lines = [.. OwnLines(), .. ContractLines()];
    }

    /// <summary>The older version.</summary>
    public CampaignDraft Before { get; }

    /// <summary>The newer version.</summary>
    public CampaignDraft After { get; }

    /// <summary>Every difference; empty when the terms are the same.</summary>
    public ValueList<TermChange> Changes { get; }

    /// <summary>
    /// One line for the campaign as a whole, and those of its contracts, such as
    /// <c>acme-2026, sale: 12% → 10% from 2026-04-01</c>. Invariant; the words may change, the data do not.
    /// </summary>
    public ValueList<string> Lines { get; }

    /// <summary>What differs between two versions.</summary>
    /// <param name="before">The older version.</param>
    /// <param name="after">The newer version.</param>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    public static CampaignDiff Between(CampaignDraft before, CampaignDraft after, TermCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        TermCatalog known = catalog ?? TermCatalog.Default;
        return new(before, after, TermRecorder.Record(terms => CampaignDraft.Read(terms, known)));
    }

    /// <summary>The lines, one below the other; empty when the terms are the same.</summary>
    public override string ToString() => string.Join('\n', Lines);

    private IEnumerable<string> OwnLines()
    {
        TermSentences sentences = new(TermNode.Of(Before), TermNode.Of(After));
        List<string> phrases = [];
        foreach (TermChange change in Changes)
        {
            (string? contract, TermStep[] below) = sentences.SubjectOf(change, ContractsTerm);
            bool isOwn = contract is null && !(below is [{ Name: ContractsTerm }, ..]);
            phrases.AddRange(isOwn ? sentences.Phrases(change, below) : []);
        }

        return phrases.Count > 0 ? [string.Join("; ", phrases)] : [];
    }

    private IEnumerable<string> ContractLines()
    {
        ValueList<TermNode> old = Before.Contracts.Select(static c => TermNode.Of(c)).ToValueList();
        ValueList<TermNode> now = After.Contracts.Select(static c => TermNode.Of(c)).ToValueList();
        TermMatch match = TermMatch.Of(old, now, contractForm);
        for (int j = 0; j < now.Count; j++)
        {
            int i = Array.IndexOf(match.AfterOf, j);
            ContractDraft contract = After.Contracts[j];
            IEnumerable<string> lines = i < 0
                ? New(contract)
                : Changed(Before.Contracts[i], contract, match.IsMoved[i]);
            foreach (string line in lines)
            {
                yield return line;
            }
        }

        for (int i = 0; i < old.Count; i++)
        {
            if (match.AfterOf[i] < 0)
            {
                yield return $"{NameOf(Before.Contracts[i])}: removed";
            }
        }
    }

    private IEnumerable<string> Changed(ContractDraft before, ContractDraft after, bool isMoved) =>
        LinesOf(NameOf(after), before, after).Concat(isMoved ? [$"{NameOf(after)}: moved"] : []);

    // One more version of a contract is read against the version before it.
    private IEnumerable<string> New(ContractDraft contract)
    {
        ContractDraft? before = Before.Contracts.Concat(After.Contracts)
            .Where(c => c.Id == contract.Id && c.Version < contract.Version)
            .MaxBy(static c => c.Version);
        string clauses = string.Join(", ", contract.Clauses.Select(static c => c.Id));
        return before is null
            ? [$"{NameOf(contract)}: new contract for {string.Join(", ", contract.Partners)}; clauses {clauses}"]
            : LinesOf($"{NameOf(contract)} version {InvariantText.Of(contract.Version)}", before, contract);
    }

    private IEnumerable<string> LinesOf(string name, ContractDraft before, ContractDraft after) =>
        ContractDiff.Between(before, after, contractForm).TermLines
            .Select(line => line with { Subject = line.Subject.Length > 0 ? $"{name}, {line.Subject}" : name })
            .Select(static line => line.ToString());

    private static string NameOf(ContractDraft contract) => contract.Id.ToString();
}
