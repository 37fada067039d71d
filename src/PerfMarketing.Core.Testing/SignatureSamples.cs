using System.Text;
using PerfMarketing.Proofs;

namespace PerfMarketing.Testing;

/// <summary>Published signatures by algorithms that the base class library lacks or that need an adapter.</summary>
internal static class SignatureSamples
{
    internal static IReadOnlyList<SignatureQuestion> All { get; } =
    [
        // Source: RFC 8037 appendix A.4.
        Sample(
            SignatureAlgorithm.Ed25519,
            "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
            "hgyY0il/MGCjP0JzlnLWG1PPOt7+09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr/MuM0KAg=="),
        // Source: project Wycheproof, RS256, number 33.
        Sample(
            SignatureAlgorithm.RsaPkcs1Sha256,
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAkqGboBfAWttWPCA+0cGRgsY6SaYoIARt0B/PkaEcIq9HPYNdu9n6"
            + "UuWHuuTHrjF/ZoQW97r5HaAorNvrMEGTGdxCHZdEtkHvNVVmrtxTBLiQCbCozXhFoIrVcr3qUBrdGnNn/M3jJi7Wg7p/+x62"
            + "nS5gNG875oyheRkutHsQXikFZwsN3q/TsPNOVlCiHy8mxzaFTUQGm+X8UYexFyAivlDSjgDJLAZSWfxd7k9Gxuwa3AUfQqQc"
            + "VcegmgKGCaErQ3qQbh1x7WB6iopE3/+GZ8HMAVtR9AmrVscqYsnjhaCehfAI0iKKs8zXr8tISc0ORbaalrkk03H1ZrsEnDKE"
            + "WQIDAQAB",
            "eyJhbGciOiJSUzI1NiIsImtpZCI6ImtpZC1yc2Etc2lnbiJ9.Zm9v",
            "HUwxI1+cZrZgcuOgBQ7G7NE+GrqK79l6GV1KT4DKXnSMFwC8pfZCzE7pmLE7mYpLCIvzC87yuOjuhT0uW5oe6aaAEtR978cm"
            + "+q8dfly45flqMrd/ifhi9GCsMlyi8dpQ42Ou1etZljFZuWjfyk8CN1c5DaHRwhqjScAPIFp6xmzKIRUJ/xdQfUSfSlujLaix"
            + "tScU518EoNP4oo1v7E8RAz6ZO4g2N4Xqs8OvSxYydcoTEg42QnLHe9JnXgI37Q5gSwinwaPsG3Ry56UYiLoL8mCUa74S51y0"
            + "2VsIgVmmGWgaXjM+i/lCiKQDBiBnvWlka4XhVuvd6ZWibM9cbCPtPg=="),
        // Source: project Wycheproof, PS256, number 275.
        Sample(
            SignatureAlgorithm.RsaPssSha256,
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAorRRoH0KpfluRVZxUTVQUUqKW0YuvvcXCU+h/ugiJOY3+XRtP3yv"
            + "0xh42AMltu9aFwD2WQO0aUKeidbqyIRQl7WrOTGJ25JRLtincRoSU/rNIPecFegkfz0+QuRuSMmOJUov6XZTE6A+/48X4aAp"
            + "OXofomqNzib0kO2BKZYV2YFMItphBCjgnH2WWFlCZvXAIdD87KCNlFoSvoLeTR7Oa0wDFFtdNJXU7VQR64eNrwX9evw+Ca2g"
            + "8RJkIvWQl1oZaYFvSGmLy7obTZyuedRg2Pn4Xnl1AF2bwixOWsD3waRdElaaYoB9O5oC5aUw53MGb0U9H1tMLpz3ggKD90K5"
            + "1QIDAQAB",
            "eyJhbGciOiJQUzI1NiIsImtpZCI6IlBTMjU2XzIwNDgifQ.4OHi4-Tl5ufo6err7O3u7_Dx8vP09fb3-Pn6-_z9_v8",
            "ALRJAfvHTz+uhHHrv7AvWCmmpMRXkhmY0WG1sLzYKf8gfnYb/wRlNIhwkwotUp3obhDPxPAm4DrDOdEMskuZeJo1nuefLya7"
            + "Cgj8vaLEBVQEXwOu6x9TdUI0/PkVhEqsDkcKUvyNzx88fVbI19GSxDngl62vuXouJRu8sbUcspdZ043K43Z2LEZBlLjtygeo"
            + "r12g0G/oZO9zD4DWW7lk5BlwzdVhKy/1tBbMYxm+ULffWANmZM7vq7/FFprR+ZOswXlOTbR+KD1DxGNcu5ou6TG8uWiHh4ow"
            + "iagURyEzSLF8T1+JIKgsWL0+X5Ul74MEQrvofrl2BEz/Z78JkW1l1w=="),
    ];

    private static SignatureQuestion Sample(string algorithm, string key, string content, string signature) => new(
        algorithm,
        Convert.FromBase64String(key),
        Encoding.ASCII.GetBytes(content),
        Convert.FromBase64String(signature));
}
