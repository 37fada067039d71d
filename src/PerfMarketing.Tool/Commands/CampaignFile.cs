using FluentValidation.Results;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Tool.Logs;
using PerfMarketing.Tool.Settle;

namespace PerfMarketing.Tool.Commands;

/// <summary>Reads the JSON files that a command is told, and prints everything that is wrong with them.</summary>
internal sealed class CampaignFile(ToolConsole console)
{
    private const string ContractsTerm = "contracts";

    /// <summary>Reads a campaign and builds it.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The campaign; null when something is wrong, and then all of it was printed.</returns>
    public Campaign? ReadCampaign(string path)
    {
        CampaignDraft? draft = Read(path, ReadDraft, out TermNode root);
        if (draft is null)
        {
            return null;
        }

        if (draft.TryBuild(out Campaign? campaign, out ValidationResult result))
        {
            return campaign;
        }

        console.Complain(result.Errors.Select(failure =>
        {
            TermNode place = Find(root, failure.PropertyName);
            return $"{path}({place.Line},{place.Column}): {failure.ErrorCode}: {ToJsonPath(failure.PropertyName)}: "
                + failure.ErrorMessage;
        }));
        return null;
    }

    /// <summary>Reads exchange rates.</summary>
    /// <param name="path">The file; null when there is none.</param>
    /// <returns>The rates; null when something is wrong, and then all of it was printed.</returns>
    public RateBook? ReadRates(string? path)
    {
        RateBook? rates = path is null ? RateBook.Empty : Read(path, RateBook.Read);
        if (rates is null or { Conflicts.Count: 0 })
        {
            return rates;
        }

        console.Complain(rates.Conflicts.Select(rate =>
            $"{path}: {SettleCodes.RateConflict}: two rates have the id {rate.Rate.Id}"));
        return null;
    }

    /// <summary>Reads the object in a JSON file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads the object.</param>
    /// <returns>The object; null when something is wrong, and then all of it was printed.</returns>
    public T? Read<T>(string path, Func<TermReader, T> read)
        where T : class => Read(path, read, out _);

    /// <summary>Reads a campaign or a contract, whichever the file holds, whether or not it makes sense.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The draft; null when something is wrong with the text, and then all of it was printed.</returns>
    public ITerms? ReadTerms(string path) => Read<ITerms>(path, static terms => terms.Has(ContractsTerm)
        ? ReadDraft(terms)
        : ContractDraft.Read(terms, TermCatalog.Default));

    private static CampaignDraft ReadDraft(TermReader terms) => CampaignDraft.Read(terms, TermCatalog.Default);

    private T? Read<T>(string path, Func<TermReader, T> read, out TermNode root)
        where T : class
    {
        root = TermNode.Null;
        TermFailures failures = [];
        try
        {
            T? value = JsonText.TryRead(File.ReadAllBytes(path), failures, out root)
                ? TermReader.Read(root, failures, read)
                : null;
            if (failures.IsEmpty)
            {
                return value;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            failures.Add(new("$", LogCodes.Unreadable, problem.Message));
        }

        console.Complain(failures.Select(failure =>
            $"{path}({Math.Max(failure.Line, 1)},{Math.Max(failure.Column, 1)}): {failure.Code}: {failure.Path}: "
            + failure.Message));
        return null;
    }

    // Contracts[0].Clauses[1].Pays becomes $.contracts[0].clauses[1].pays.
    private static string ToJsonPath(string property) =>
        string.Concat("$", string.Concat(Steps(property).Select(static step => "." + step)));

    private static IEnumerable<string> Steps(string property) =>
        property.Split('.', StringSplitOptions.RemoveEmptyEntries)
            .Select(static step => char.ToLowerInvariant(step[0]) + step[1..]);

    // The deepest part of the file that a property's path reaches.
    private static TermNode Find(TermNode root, string property)
    {
        TermNode place = root;
        foreach (string step in Steps(property))
        {
            string[] parts = step.TrimEnd(']').Split('[', ']');
            if (place.Find(parts[0]) is not { } found)
            {
                return place;
            }

            place = found;
            foreach (string index in parts.Skip(1).Where(static part => part.Length > 0))
            {
                if (!int.TryParse(index, out int number) || number < 0 || number >= place.Items.Count)
                {
                    return place;
                }

                place = place.Items[number];
            }
        }

        return place;
    }
}
