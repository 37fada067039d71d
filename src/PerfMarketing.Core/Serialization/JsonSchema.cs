using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Programmes;
using PerfMarketing.Primitives;

namespace PerfMarketing.Serialization;

/// <summary>JSON Schemas (draft 2020-12) of what can be read, for editors and for other programs.</summary>
/// <remarks>
/// Made by asking the reading functions themselves: names, kinds, defaults, members and bounds, and every kind that is
/// registered in the catalog, an integrator's too. A schema says how a text is written, not whether its terms make
/// sense: that is what validation is for.
/// </remarks>
public static class JsonSchema
{
    /// <summary>The schema of a campaign's file.</summary>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    public static string OfCampaign(TermCatalog? catalog = null)
    {
        TermCatalog known = catalog ?? TermCatalog.Default;
        return Of("Campaign", terms => CampaignDraft.Read(terms, known));
    }

    /// <summary>The schema of a contract's file.</summary>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    public static string OfContract(TermCatalog? catalog = null)
    {
        TermCatalog known = catalog ?? TermCatalog.Default;
        return Of("Contract", terms => ContractDraft.Read(terms, known));
    }

    /// <summary>The schema of a programme's file.</summary>
    /// <param name="catalog">The kinds of term that may be used; this library's when null.</param>
    public static string OfProgramme(TermCatalog? catalog = null)
    {
        TermCatalog known = catalog ?? TermCatalog.Default;
        return Of("Programme", terms => ProgrammeDraft.Read(terms, known));
    }

    /// <summary>The schema of whatever a function reads.</summary>
    /// <param name="title">What it is, for a person.</param>
    /// <param name="read">Reads the object; notes what is wrong instead of throwing.</param>
    public static string Of<T>(string title, Func<TermReader, T> read)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(read);
        return JsonText.Write(new JsonSchemaWriter().Write(title, TermRecorder.Record(read)), indented: true) + "\n";
    }
}
