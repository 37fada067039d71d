using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Programmes;
using PerfMarketing.Primitives;

namespace PerfMarketing.Serialization;

/// <summary>Campaigns and contracts as JSON, both ways.</summary>
/// <remarks>
/// Reading collects everything that is wrong with the text: unknown names, names that stand twice, wrong kinds of
/// value, each with its path, line and column. Whether the terms make sense is asked afterwards, of the draft.
/// </remarks>
public static class CampaignJson
{
    /// <summary>Reads a campaign with its contracts.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    /// <exception cref="System.Text.Json.JsonException">
    /// The text is not a campaign; the path is that of the first failure, the message lists all.
    /// </exception>
    public static CampaignDraft ParseCampaign(string json, TermCatalog? catalog = null) =>
        TermJson.Parse(json, terms => CampaignDraft.Read(terms, catalog ?? TermCatalog.Default));

    /// <summary>Reads a contract.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    /// <exception cref="System.Text.Json.JsonException">
    /// The text is not a contract; the path is that of the first failure, the message lists all.
    /// </exception>
    public static ContractDraft ParseContract(string json, TermCatalog? catalog = null) =>
        TermJson.Parse(json, terms => ContractDraft.Read(terms, catalog ?? TermCatalog.Default));

    /// <summary>Reads a programme.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    /// <exception cref="System.Text.Json.JsonException">
    /// The text is not a programme; the path is that of the first failure, the message lists all.
    /// </exception>
    public static ProgrammeDraft ParseProgramme(string json, TermCatalog? catalog = null) =>
        TermJson.Parse(json, terms => ProgrammeDraft.Read(terms, catalog ?? TermCatalog.Default));

    /// <summary>Reads a campaign with its contracts, and collects what is wrong.</summary>
    /// <param name="utf8Json">The JSON text.</param>
    /// <param name="failures">Where everything that is wrong with the text is noted.</param>
    /// <param name="draft">The campaign; null when something is wrong.</param>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    public static bool TryParseCampaign(
        ReadOnlySpan<byte> utf8Json,
        TermFailures failures,
        [NotNullWhen(true)] out CampaignDraft? draft,
        TermCatalog? catalog = null)
    {
        TermCatalog known = catalog ?? TermCatalog.Default;
        return TermJson.TryParse(utf8Json, terms => CampaignDraft.Read(terms, known), failures, out draft);
    }

    /// <summary>Reads a contract, and collects what is wrong.</summary>
    /// <param name="utf8Json">The JSON text.</param>
    /// <param name="failures">Where everything that is wrong with the text is noted.</param>
    /// <param name="draft">The contract; null when something is wrong.</param>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    public static bool TryParseContract(
        ReadOnlySpan<byte> utf8Json,
        TermFailures failures,
        [NotNullWhen(true)] out ContractDraft? draft,
        TermCatalog? catalog = null)
    {
        TermCatalog known = catalog ?? TermCatalog.Default;
        return TermJson.TryParse(utf8Json, terms => ContractDraft.Read(terms, known), failures, out draft);
    }

    /// <summary>Reads a programme, and collects what is wrong.</summary>
    /// <param name="utf8Json">The JSON text.</param>
    /// <param name="failures">Where everything that is wrong with the text is noted.</param>
    /// <param name="draft">The programme; null when something is wrong.</param>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    public static bool TryParseProgramme(
        ReadOnlySpan<byte> utf8Json,
        TermFailures failures,
        [NotNullWhen(true)] out ProgrammeDraft? draft,
        TermCatalog? catalog = null)
    {
        TermCatalog known = catalog ?? TermCatalog.Default;
        return TermJson.TryParse(utf8Json, terms => ProgrammeDraft.Read(terms, known), failures, out draft);
    }
}
